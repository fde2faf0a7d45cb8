package dev.darkroom.inference.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.inference.Capability;
import dev.darkroom.inference.Dtype;
import dev.darkroom.inference.ModelInfo;
import dev.darkroom.inference.ModelSource;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.ModelsTesting;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.fixture.ColourModel;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.inference.fixture.OnnxModel.ElementType;
import dev.darkroom.inference.fixture.Pictures;
import dev.darkroom.inference.fixture.WordModel;
import dev.darkroom.inference.runtime.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way in which models are published, with a model that knows colours.
class LayoutsTest {
    @TempDir private Path folder;

    static Stream<Named<UnaryOperator<Path>>> everyLayout() {
        return Stream.of(
                Named.of("Immich", ModelFolders::immich),
                Named.of("Immich, bytes in", ModelFolders::immichBytes),
                Named.of("transformers.js", ModelFolders::transformers),
                Named.of("SigLIP", ModelFolders::siglip),
                Named.of("MobileCLIP", ModelFolders::mobileClip),
                Named.of("model.json", ModelFolders::own),
                Named.of("half precision", LayoutsTest::halves),
                Named.of("weights beside the graph", LayoutsTest::externalWeights),
                Named.of("Open CLIP's settings", LayoutsTest::openClipSettings),
                flat("visual.onnx", "textual.onnx"),
                flat("vision.onnx", "text.onnx"),
                flat("onnx/vision.onnx", "onnx/text.onnx"),
                flat("onnx/vision.fp16.onnx", "onnx/text.fp16.onnx"),
                flat("image/model.onnx", "text/model.onnx"),
                flat("some-vision-thing.onnx", "some-text-thing.onnx"));
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void redFindsTheRedPictureExactly(UnaryOperator<Path> layout) {
        try (Models models = ModelsTesting.open(folder.resolve("cache"))) {
            ImageTextModel model =
                    models.imageText(
                            ModelSource.of(layout.apply(folder.resolve("model")).toString()));

            Map<String, RgbImage> pictures =
                    new TreeMap<>(
                            Map.of(
                                    "red", Pictures.RED,
                                    "green", Pictures.GREEN,
                                    "blue", Pictures.BLUE));

            List<float[]> vectors = model.images(List.copyOf(pictures.values()));
            List<String> names = List.copyOf(pictures.keySet());
            for (String word : names) {
                float[] query = model.text(word);
                for (int i = 0; i < names.size(); i++) {
                    double expected = names.get(i).equals(word) ? 1 : 0;
                    assertThat(Vectors.dot(query, vectors.get(i)))
                            .as("the word %s and the picture %s", word, names.get(i))
                            .isEqualTo(expected, within(2e-3));
                }
            }
            assertThat(model.info().dimension()).isEqualTo(8);
            assertThat(model.info().capabilities())
                    .containsExactlyInAnyOrder(Capability.IMAGE_VECTOR, Capability.TEXT_VECTOR);
        }
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void theNumbersAreTheMeanColour(UnaryOperator<Path> layout) {
        try (Models models = ModelsTesting.open(folder.resolve("cache"))) {
            ImageTextModel model =
                    models.imageText(
                            ModelSource.of(layout.apply(folder.resolve("model")).toString()));
            double norm = Math.sqrt(51 * 51 + 102 * 102 + 204 * 204);

            float[] vector = model.image(Pictures.plain(100, 70, 51, 102, 204));

            float[] expected = new float[8];
            expected[0] = (float) (51 / norm);
            expected[1] = (float) (102 / norm);
            expected[2] = (float) (204 / norm);
            assertThat(vector).containsExactly(expected, within(layoutTolerance(model.info())));
        }
    }

    @Test
    void theInformationSaysWhatWasReadAndFromWhere() {
        try (Models models = ModelsTesting.open(folder.resolve("cache"))) {
            ModelInfo info =
                    models.imageText(
                                    ModelSource.of(
                                            ModelFolders.siglip(folder.resolve("SigLIP-x"))
                                                    .toString()))
                            .info();

            assertThat(info.id()).matches("SigLIP-x@[0-9a-f]{12}");
            assertThat(info.rule()).isEqualTo("transformers.js");
            assertThat(info.resolved())
                    .containsEntry("vision.graph", "onnx/vision_model.onnx")
                    .containsEntry("vision.preparation from", "preprocessor_config.json")
                    .containsEntry("text.cleaning", "small letters, no punctuation")
                    .containsEntry("text.ids", "64, end 522, filling 523");
            assertThat(info.resolved().get("vision.preparation"))
                    .isEqualTo(
                            "squash to 32 x 32 (bilinear), middle 32 x 32, scale 0.003921569,"
                                    + " mean 0.5 0.5 0.5, std 0.5 0.5 0.5");
            assertThat(info.selfTest())
                    .containsKeys(
                            "numbers", "different pictures", "batch of 2", "ms for a picture");
        }
    }

    @Test
    void theIdIsTheSameForTheSameFilesAndAnotherForOthers() {
        try (Models models = ModelsTesting.open(folder.resolve("cache"))) {
            String first = id(models, ModelFolders.transformers(folder.resolve("a/clip")));
            String same = id(models, ModelFolders.transformers(folder.resolve("b/clip")));
            Path changed = ModelFolders.transformers(folder.resolve("c/clip"));
            ColourModel.clip(-1)
                    .normalised(ColourModel.HALF, ColourModel.HALF)
                    .to(changed.resolve("onnx/vision_model.onnx"));

            assertThat(same).isEqualTo(first);
            assertThat(id(models, changed)).isNotEqualTo(first).startsWith("clip@");
        }
    }

    @Test
    void anotherDtypeIsTakenOnlyWhenItIsAskedFor() {
        Path model = ModelFolders.transformers(folder.resolve("model"));
        ColourModel.clip(-1)
                .named("quantised", "image_embeds")
                .to(model.resolve("onnx/vision_model_quantized.onnx"));
        copyText(model);
        try (Models models = ModelsTesting.open(folder.resolve("cache"))) {
            ModelSource source = ModelSource.of(model.toString());

            assertThat(models.imageText(source).info().resolved())
                    .containsEntry("vision.graph", "onnx/vision_model.onnx");
            assertThat(models.imageText(source.withDtype(Dtype.INT8)).info().resolved())
                    .containsEntry("vision.graph", "onnx/vision_model_quantized.onnx");
        }
    }

    @Test
    void aModelWithoutWordsSaysSo() {
        Path model = folder.resolve("bioclip");
        ColourModel.clip(32).to(model.resolve("bio-vision-fp16.onnx"));
        ModelFolders.write(
                model.resolve("open_clip_config.json"),
                """
                {"preprocess_cfg": {"size": 32, "mean": [0.48145466, 0.4578275, 0.40821073],
                 "std": [0.26862954, 0.26130258, 0.27577711], "interpolation": "bicubic"}}""");
        try (Models models = ModelsTesting.open(folder.resolve("cache"))) {
            ModelInfo info = models.imageText(ModelSource.of(model.toString())).info();

            assertThat(info.capabilities()).containsExactly(Capability.IMAGE_VECTOR);
        }
    }

    private static String id(Models models, Path folder) {
        return models.imageText(ModelSource.of(folder.toUri().toString())).info().id();
    }

    private static float layoutTolerance(ModelInfo info) {
        return info.resolved().toString().contains("float16") ? 2e-3f : 1e-5f;
    }

    private static void copyText(Path model) {
        WordModel.clip().to(model.resolve("onnx/text_model_int8.onnx"));
    }

    private static Named<UnaryOperator<Path>> flat(String vision, String text) {
        return Named.of(vision, folder -> ModelFolders.flat(folder, vision, text));
    }

    private static Path halves(Path folder) {
        ModelFolders.transformers(folder);
        ColourModel.clip(-1)
                .withoutHidden()
                .of(ElementType.FLOAT16)
                .to(folder.resolve("onnx/vision_model.onnx"));
        return folder;
    }

    private static Path externalWeights(Path folder) {
        ModelFolders.transformers(folder);
        ColourModel.clip(-1)
                .to(
                        folder.resolve("onnx/vision_model.onnx"),
                        folder.resolve("onnx/vision_model.onnx_data"));
        return folder;
    }

    private static Path openClipSettings(Path folder) {
        ModelFolders.flat(folder, "visual.onnx", "textual.onnx");
        delete(folder.resolve("preprocessor_config.json"));
        ModelFolders.write(
                folder.resolve("open_clip_config.json"),
                """
                {"preprocess_cfg": {"size": [32, 32], "mean": [0.48145466, 0.4578275, 0.40821073],
                 "std": [0.26862954, 0.26130258, 0.27577711], "interpolation": "bicubic",
                 "resize_mode": "squash"}}""");
        return folder;
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
