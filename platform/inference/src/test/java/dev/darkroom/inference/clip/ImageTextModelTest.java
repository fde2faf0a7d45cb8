package dev.darkroom.inference.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.InferenceOptions;
import dev.darkroom.inference.ModelSource;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.ModelsTesting;
import dev.darkroom.inference.fixture.ColourModel;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.inference.fixture.OddModels;
import dev.darkroom.inference.fixture.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTextModelTest {
    @TempDir private Path folder;

    @Test
    void whatRunsTooLongIsStoppedAndTheNextPictureIsServed() {
        Path slow = folder.resolve("slow");
        OddModels.slowForWhite(slow.resolve("vision.onnx"));
        ModelFolders.write(
                slow.resolve("preprocess_cfg.json"),
                """
                {"size": 16, "mean": [0, 0, 0], "std": [1, 1, 1], "interpolation": "bicubic",
                 "resize_mode": "squash"}""");
        try (Models models = ModelsTesting.impatient(folder, Duration.ofSeconds(1))) {
            ImageTextModel model = models.imageText(ModelSource.of(slow.toString()));

            assertThatThrownBy(() -> model.image(Pictures.plain(16, 16, 255, 255, 255)))
                    .isInstanceOfSatisfying(
                            InferenceFailed.class,
                            failed -> assertThat(failed.overDeadline()).isTrue())
                    .hasMessageContaining("was stopped after PT1S");
            assertThat(model.image(Pictures.RED)[0]).isEqualTo(1);
        }
    }

    @Test
    void manyCallersGetTheirOwnAnswers() throws Exception {
        Path path = ModelFolders.transformers(folder.resolve("model"));
        try (Models models = ModelsTesting.open(InferenceOptions.in(folder).withCallers(2));
                ExecutorService callers = Executors.newFixedThreadPool(6)) {
            ImageTextModel model = models.imageText(ModelSource.of(path.toString()));
            List<Future<float[]>> answers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int level = 100 + i;
                answers.add(
                        callers.submit(() -> model.image(Pictures.plain(40, 40, level, 100, 0))));
            }
            for (int i = 0; i < 60; i++) {
                float[] answer = answers.get(i).get();
                assertThat(Math.round(100 * answer[0] / answer[1])).isEqualTo(100 + i);
            }
        }
    }

    @Test
    void anIdleModelIsGivenBackAndComesAgain() {
        Path path = ModelFolders.transformers(folder.resolve("model"));
        InferenceOptions options = InferenceOptions.in(folder).withIdle(Duration.ofMillis(30));
        try (Models models = ModelsTesting.open(options)) {
            ImageTextModel model = models.imageText(ModelSource.of(path.toString()));
            float[] before = model.image(Pictures.RED);

            while (model.isLoaded()) {
                Thread.onSpinWait();
            }

            assertThat(model.image(Pictures.RED)).isEqualTo(before);
        }
    }

    @Test
    void aFileThatIsReplacedBecomesAnotherModel() {
        Path path = ModelFolders.transformers(folder.resolve("model"));
        try (Models models = ModelsTesting.open(folder)) {
            String before = models.imageText(ModelSource.of(path.toString())).info().id();

            ColourModel.clip(-1).withoutHidden().to(path.resolve("onnx/vision_model.onnx"));

            assertThat(models.imageText(ModelSource.of(path.toString())).info().id())
                    .isNotEqualTo(before);
        }
    }

    @Test
    void aPictureWithoutDirectionIsRefusedNotStored() {
        Path path = ModelFolders.mobileClip(folder.resolve("model"));
        try (Models models = ModelsTesting.open(folder)) {
            ImageTextModel model = models.imageText(ModelSource.of(path.toString()));

            assertThatThrownBy(() -> model.image(Pictures.plain(10, 10, 0, 0, 0)))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining("nothing but zeros");
        }
    }

    @Test
    void nothingIsLeftInTheFolderOfTemporaryFiles() throws IOException {
        Path path = ModelFolders.transformers(folder.resolve("model"));
        try (Models models = ModelsTesting.open(folder)) {
            models.imageText(ModelSource.of(path.toString())).info();
        }

        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(
                            name ->
                                    name.equals(
                                            "onnxruntime-java" + ProcessHandle.current().pid()));
        }
        assertThat(System.getProperty("onnxruntime.native.path")).contains("onnxruntime-1.29.0");
    }
}
