package dev.darkroom.inference.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.inference.Dtype;
import dev.darkroom.inference.ModelSource;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.ModelsTesting;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.Role;
import dev.darkroom.inference.fixture.ColourModel;
import dev.darkroom.inference.fixture.DepthModels;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.inference.fixture.Pictures;
import dev.darkroom.inference.layout.Layouts;
import dev.darkroom.inference.layout.ModelFolder;
import dev.darkroom.inference.layout.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepthModelTest {
    /// Dark on the left, bright on the right.
    private static final RgbImage RAMP =
            Pictures.of(200, 100, (x, y) -> (x * 255 / 199) * 0x010101);

    @TempDir private Path folder;

    private Models models;

    @BeforeEach
    void open() {
        models = ModelsTesting.open(folder.resolve("cache"));
    }

    @AfterEach
    void close() {
        models.close();
    }

    @Test
    void brightIsNearForAModelThatThinksSo() {
        DepthModel model = depth(ModelFolders.depth(folder.resolve("model")));

        DepthMap map = model.map(RAMP);

        assertThat(map.width()).isEqualTo(200);
        assertThat(map.height()).isEqualTo(100);
        for (int x = 10; x < 190; x += 20) {
            assertThat(map.values()[50 * 200 + x]).isCloseTo(x / 199f, within(0.01f));
        }
        assertThat(map.min()).isLessThan(map.max());
        assertThat(map.parameters())
                .containsEntry("model", model.info().id())
                .containsEntry("inputWidth", 112)
                .containsEntry("inputHeight", 56);
    }

    @Test
    void anAnswerWithAChannelIsTheSame() {
        Path path = ModelFolders.depth(folder.resolve("model"));
        DepthMap three = depth(path).map(RAMP);
        DepthModels.brightness(path.resolve("onnx/model.onnx"), 4);

        assertThat(depth(path).map(RAMP).values()).isEqualTo(three.values());
    }

    /// The expected sizes are those of transformers' DPT image processor for 518, multiples of 14.
    @ParameterizedTest
    @CsvSource({
        "4000, 3000, 686, 518",
        "3000, 4000, 518, 686",
        "640, 480, 686, 518",
        "518, 518, 518, 518",
        "300, 200, 518, 350",
        "8000, 1000, 1036, 126"
    })
    void thePictureGoesInAsTheProcessorSays(int width, int height, int toWidth, int toHeight)
            throws IOException {
        Path path = ModelFolders.depth(folder.resolve("model"));
        ModelFolders.write(
                path.resolve("preprocessor_config.json"),
                Files.readString(path.resolve("preprocessor_config.json")).replace("56", "518"));
        Plan.Depth plan =
                (Plan.Depth) Layouts.read(Role.DEPTH, new ModelFolder(path, "depth", Dtype.AUTO));

        assertThat(InputSize.of(width, height, plan, DepthOptions.defaults()))
                .isEqualTo(new InputSize(toWidth, toHeight));
    }

    @Test
    void aSmallerSizeIsFaster() {
        Path path = ModelFolders.depth(folder.resolve("model"));
        DepthModel model =
                models.depth(ModelSource.of(path.toString()), DepthOptions.defaults().withSize(28));

        DepthMap map = model.map(RAMP);

        assertThat(map.inputHeight()).isEqualTo(28);
        assertThat(map.height()).isEqualTo(100);
        assertThat(model.info().id()).isEqualTo(depth(path).info().id());
    }

    @Test
    void aGraphWithoutAMapIsRefused() {
        Path path = ModelFolders.depth(folder.resolve("model"));
        ColourModel.clip(-1).withoutHidden().to(path.resolve("onnx/model.onnx"));

        assertThatThrownBy(() -> depth(path).info())
                .hasMessageContaining("must have one output of maps (predicted_depth");
    }

    @Test
    void withoutAProcessorNothingIsGuessed() throws IOException {
        Path path = ModelFolders.depth(folder.resolve("model"));
        Files.delete(path.resolve("preprocessor_config.json"));

        assertThatThrownBy(() -> depth(path).info())
                .hasMessageContaining("looked for preprocessor_config.json");
    }

    private DepthModel depth(Path path) {
        return models.depth(ModelSource.of(path.toString()), DepthOptions.defaults());
    }
}
