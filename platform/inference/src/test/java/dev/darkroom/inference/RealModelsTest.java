package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.inference.clip.ImageTextModel;
import dev.darkroom.inference.depth.DepthModel;
import dev.darkroom.inference.depth.DepthOptions;
import dev.darkroom.inference.faces.FaceModel;
import dev.darkroom.inference.fixture.Pictures;
import dev.darkroom.inference.runtime.Vectors;
import dev.darkroom.inference.species.SpeciesModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models as people use them, when somebody has some: `-Ddarkroom.models.dir=FOLDER` with `clip`,
/// `species`, `faces` and `depth` in it, each a folder of models. Reports itself as skipped when
/// not.
class RealModelsTest {
    private static final String PROPERTY = "darkroom.models.dir";

    @TempDir private Path cache;

    @BeforeEach
    void someModelsAreHere() {
        assumeTrue(
                System.getProperty(PROPERTY) != null,
                "no real models were tried: start with -D" + PROPERTY + "=FOLDER");
    }

    @Test
    void wordsForColoursFindPicturesOfThem() throws IOException {
        for (Path folder : models(Role.CLIP)) {
            try (Models models = ModelsTesting.open(cache)) {
                ImageTextModel model = models.imageText(ModelSource.of(folder.toString()));
                List<float[]> pictures =
                        model.images(List.of(Pictures.RED, Pictures.GREEN, Pictures.BLUE));
                assertThat(model.info().selfTest()).isNotEmpty();
                if (!model.info().capabilities().contains(Capability.TEXT_VECTOR)) {
                    continue;
                }
                List<String> words = List.of("red", "green", "blue");
                for (int i = 0; i < 3; i++) {
                    float[] query = model.text("a plain " + words.get(i) + " picture");
                    for (int other = 0; other < 3; other++) {
                        assertThat(Vectors.dot(query, pictures.get(i)))
                                .as("%s: %s", folder, words.get(i))
                                .isGreaterThanOrEqualTo(Vectors.dot(query, pictures.get(other)));
                    }
                }
            }
        }
    }

    @Test
    void guessesAtSpeciesAreOneTogether() throws IOException {
        for (Path folder : models(Role.SPECIES)) {
            try (Models models = ModelsTesting.open(cache)) {
                SpeciesModel model = models.species(ModelSource.of(folder.toString()));
                double sum =
                        model
                                .predict(List.of(Pictures.GREEN), Integer.MAX_VALUE)
                                .getFirst()
                                .stream()
                                .mapToDouble(guess -> guess.confidence())
                                .sum();
                assertThat(sum).isCloseTo(1, within(1e-6));
            }
        }
    }

    @Test
    void plainColoursHaveNoFaces() throws IOException {
        for (Path folder : models(Role.FACES)) {
            try (Models models = ModelsTesting.open(cache)) {
                FaceModel model = models.faces(ModelSource.of(folder.toString()));
                assertThat(model.faces(Pictures.BLUE, 0.7)).as("%s", folder).isEmpty();
            }
        }
    }

    @Test
    void depthHasThePicturesSize() throws IOException {
        for (Path folder : models(Role.DEPTH)) {
            try (Models models = ModelsTesting.open(cache)) {
                DepthModel model =
                        models.depth(
                                ModelSource.of(folder.toString()),
                                DepthOptions.defaults().withSize(252));
                assertThat(model.map(Pictures.of(120, 80, (x, y) -> x * y)).values())
                        .hasSize(120 * 80);
            }
        }
    }

    private static List<Path> models(Role role) throws IOException {
        Path folder = Path.of(System.getProperty(PROPERTY)).resolve(role.key());
        assumeTrue(Files.isDirectory(folder), "no real models for " + role.key() + " in " + folder);
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }
}
