package dev.darkroom.inference.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.inference.Capability;
import dev.darkroom.inference.ModelSource;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.ModelsTesting;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.fixture.ColourModel;
import dev.darkroom.inference.fixture.FaceModels;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.inference.fixture.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceModelTest {
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
    void aFaceIsFoundOnceInThePicturesOwnPixels() {
        FaceModel model = faces(ModelFolders.faces(folder.resolve("model")));

        // 1280 x 800 goes into the square at half its size.
        List<Face> found = model.faces(Pictures.plain(1280, 800, 10, 20, 30), 0.7);

        assertThat(found).hasSize(1);
        Face face = found.getFirst();
        assertThat(face.box()).isEqualTo(new Box(320, 160, 640, 480));
        assertThat(face.score()).isEqualTo(0.9, within(1e-6));
        assertThat(face.landmarks())
                .containsExactlyElementsOf(
                        IntStream.range(0, 5)
                                .mapToObj(
                                        k ->
                                                new Point(
                                                        2.0 * FaceModels.LANDMARKS.get(2 * k),
                                                        2.0 * FaceModels.LANDMARKS.get(2 * k + 1)))
                                .toList());
    }

    @Test
    void theVectorIsOfTheFaceAndNotOfThePicture() {
        FaceModel model = faces(ModelFolders.faces(folder.resolve("model")));
        RgbImage picture =
                Pictures.of(
                        1280, 800, (x, y) -> x >= 200 && x < 760 && y < 540 ? 0xff0000 : 0x0000ff);

        float[] vector = model.faces(picture, 0.7).getFirst().vector().orElseThrow();

        assertThat(vector[0]).isCloseTo(1, within(1e-3f));
        assertThat(model.info().capabilities())
                .containsExactlyInAnyOrder(Capability.FACES, Capability.FACE_VECTOR);
        assertThat(model.info().dimension()).isEqualTo(8);
    }

    @Test
    void aLowerScoreFindsMore() {
        FaceModel model = faces(ModelFolders.faces(folder.resolve("model")));

        assertThat(model.faces(Pictures.plain(640, 640, 200, 200, 200), 0.2)).hasSizeGreaterThan(1);
    }

    @Test
    void boxesEndWhereThePictureEnds() {
        FaceModel model = faces(ModelFolders.faces(folder.resolve("model")));

        // Only 640 x 200 of the square is picture.
        Face face = model.faces(Pictures.plain(640, 200, 9, 9, 9), 0.7).getFirst();

        assertThat(face.box()).isEqualTo(new Box(160, 80, 320, 200));
    }

    @Test
    void insightFacesNamesAreKnown() {
        Path path = folder.resolve("buffalo");
        FaceModels.detector(path.resolve("det_10g.onnx"));
        FaceModels.recogniser(path.resolve("w600k_r50.onnx"));

        assertThat(faces(path).info().rule()).isEqualTo("InsightFace");
    }

    @Test
    void aDetectorAloneGivesFacesWithoutVectors() throws IOException {
        Path path = ModelFolders.faces(folder.resolve("model"));
        Files.delete(path.resolve("recognition/model.onnx"));

        FaceModel model = faces(path);

        assertThat(model.faces(Pictures.RED, 0.7).getFirst().vector()).isEmpty();
        assertThat(model.info().capabilities()).containsExactly(Capability.FACES);
    }

    @Test
    void aGraphThatIsNoDetectorIsRefused() {
        Path path = ModelFolders.faces(folder.resolve("model"));
        ColourModel.clip(640).to(path.resolve("detection/model.onnx"));

        assertThatThrownBy(() -> faces(path).info())
                .hasMessageContaining("is no SCRFD detector with landmarks");
    }

    private FaceModel faces(Path path) {
        return models.faces(ModelSource.of(path.toString()));
    }
}
