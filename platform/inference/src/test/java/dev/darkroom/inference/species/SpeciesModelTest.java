package dev.darkroom.inference.species;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.inference.Capability;
import dev.darkroom.inference.ModelInfo;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.ModelSource;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.ModelsTesting;
import dev.darkroom.inference.fixture.ColourModel;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.inference.fixture.Pictures;
import dev.darkroom.inference.runtime.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeciesModelTest {
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
    void aClassifierNamesItsBestGuessesWithTheirShares() {
        SpeciesModel model = species(ModelFolders.classifier(folder.resolve("model")));
        double sum = Math.E + Math.exp(0.2) + 1;

        List<SpeciesPrediction> guesses =
                model.predict(List.of(Pictures.plain(32, 32, 0, 255, 51)), 2).getFirst();

        assertThat(guesses).hasSize(2);
        assertThat(guesses.getFirst().rank()).isEqualTo(1);
        assertThat(guesses.getFirst().species()).isEqualTo("Viride exemplum");
        assertThat(guesses.getFirst().commonName()).contains("Green one");
        assertThat(guesses.getFirst().confidence()).isEqualTo(Math.E / sum, within(1e-5));
        assertThat(guesses.getFirst().model()).isEqualTo(model.info().id());
        assertThat(guesses.getLast().confidence()).isEqualTo(Math.exp(0.2) / sum, within(1e-5));
        assertThat(model.info().capabilities()).containsExactly(Capability.SPECIES);
    }

    @Test
    void sharesThatAreSharesAlreadyStayThat() {
        // Red, green and blue of the picture are 0.2, 0.3 and 0.5.
        SpeciesModel model = species(ModelFolders.classifier(folder.resolve("model")));

        List<SpeciesPrediction> guesses =
                model.predict(List.of(Pictures.plain(32, 32, 51, 76, 128)), 3).getFirst();

        assertThat(guesses)
                .extracting(SpeciesPrediction::species)
                .containsExactly("Caeruleum exemplum", "Viride exemplum", "Rubrum exemplum");
        assertThat(guesses.getFirst().confidence()).isEqualTo(128 / 255.0, within(1e-4));
        assertThat(guesses.getFirst().commonName()).isEmpty();
    }

    @Test
    void labelsThatAreNotAsManyAsClassesAreRefused() {
        Path path = ModelFolders.classifier(folder.resolve("model"));
        ModelFolders.write(path.resolve("labels.txt"), "one\ntwo\n");

        refused(path, "knows 3 classes, and", "has 2 labels");
    }

    @Test
    void aClassifierWithoutLabelsIsRefused() throws IOException {
        Path path = ModelFolders.classifier(folder.resolve("model"));
        Files.delete(path.resolve("labels.txt"));

        refused(path, "labels.txt", "id2label in config.json");
    }

    @Test
    void aTimmFolderIsReadFromItsConfig() throws IOException {
        Path path = ModelFolders.classifier(folder.resolve("model"));
        Files.delete(path.resolve("labels.txt"));
        Files.delete(path.resolve("preprocessor_config.json"));
        ModelFolders.write(
                path.resolve("config.json"),
                """
                {"label_names": ["red", "green", "blue"],
                 "pretrained_cfg": {"input_size": [3, 32, 32], "crop_pct": 0.875, "crop_mode": "center",
                   "interpolation": "bicubic", "mean": [0.48145466, 0.4578275, 0.40821073],
                   "std": [0.26862954, 0.26130258, 0.27577711]}}""");

        SpeciesModel model = species(path);

        assertThat(model.predict(List.of(Pictures.BLUE), 1).getFirst().getFirst().species())
                .isEqualTo("blue");
        assertThat(model.info().resolved().get("vision.preparation"))
                .startsWith("shorter side to 36 x 36 (bicubic), middle 32 x 32");
    }

    @Test
    void labelsAreComparedThroughTheirWordsAndKept() throws IOException {
        Path path = ModelFolders.transformers(folder.resolve("model"));
        ModelFolders.write(
                path.resolve("labels/colours.json"),
                "[\"red\", {\"name\": \"green\", \"common_name\": \"Grass\"}, [[\"A\", \"B\", \"C\", \"D\", \"E\", \"blue\", \"blue\"], \"Sky\"]]");
        SpeciesModel model = species(path);

        List<SpeciesPrediction> guesses = model.predict(List.of(Pictures.GREEN), 3).getFirst();

        assertThat(guesses.getFirst().species()).isEqualTo("green");
        assertThat(guesses.getFirst().commonName()).contains("Grass");
        assertThat(guesses.getFirst().confidence()).isGreaterThan(0.99);
        assertThat(guesses).extracting(SpeciesPrediction::species).contains("blue blue");
        Path kept = folder.resolve("cache/labels").resolve(model.info().id() + ".npy");
        assertThat(Npy.read(kept, 3)).hasDimensions(3, 8);
    }

    @Test
    void vectorsOfLabelsMayLieBesideThem() throws IOException {
        Path path = folder.resolve("model");
        ColourModel.clip(32).to(path.resolve("vision.onnx"));
        ModelFolders.write(
                path.resolve("preprocess_cfg.json"),
                """
                {"size": 32, "mean": [0.48145466, 0.4578275, 0.40821073],
                 "std": [0.26862954, 0.26130258, 0.27577711], "interpolation": "bicubic"}""");
        ModelFolders.write(path.resolve("labels/set.txt"), "sky\nfire\n");
        Npy.write(
                path.resolve("labels/set.npy"),
                new float[][] {{0, 0, 3, 0, 0, 0, 0, 0}, {2, 0, 0, 0, 0, 0, 0, 0}});

        List<List<SpeciesPrediction>> guesses =
                species(path).predict(List.of(Pictures.RED, Pictures.BLUE), 1);

        assertThat(guesses)
                .extracting(List::getFirst)
                .extracting(SpeciesPrediction::species)
                .containsExactly("fire", "sky");
    }

    @Test
    void vectorsOfAnotherModelAreRefused() throws IOException {
        Path path = ModelFolders.transformers(folder.resolve("model"));
        ModelFolders.write(path.resolve("labels/set.txt"), "sky\nfire\n");
        Npy.write(path.resolve("labels/set.npy"), new float[][] {{1, 0, 0}, {0, 1, 0}});

        refused(path, "have 3 numbers, and those of pictures 8");
    }

    @Test
    void severalSetsOfLabelsAskForAChoice() {
        Path path = ModelFolders.transformers(folder.resolve("model"));
        ModelFolders.write(path.resolve("labels/birds.txt"), "wren\n");
        ModelFolders.write(path.resolve("labels/trees.txt"), "oak\n");

        refused(path, "say which one with \"labels\" in model.json");
    }

    @Test
    void ourOwnSettingsChooseASetASentenceAndAScale() {
        Path path = ModelFolders.own(folder.resolve("model"));
        ModelFolders.write(path.resolve("labels/a.txt"), "red\nblue\n");
        ModelFolders.write(path.resolve("labels/b.txt"), "green\n");
        ModelFolders.write(
                path.resolve("model.json"),
                readString(path.resolve("model.json"))
                        .replace("\"kind\": \"clip\"", "\"kind\": \"zeroshot\"")
                        .replace(
                                "\"logit_scale\": 50",
                                "\"logit_scale\": 1, \"labels\": \"labels/a.txt\", \"template\": \"{}\""));
        SpeciesModel model = species(path);

        SpeciesPrediction guess = model.predict(List.of(Pictures.RED), 1).getFirst().getFirst();

        assertThat(guess.species()).isEqualTo("red");
        assertThat(guess.confidence()).isEqualTo(Math.E / (Math.E + 1), within(1e-4));
        ModelInfo info = model.info();
        assertThat(info.resolved())
                .containsEntry("labels", "labels/a.txt")
                .containsEntry("label vectors", "computed from words: {}");
    }

    private static String readString(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void labelsAreReadFromTables() {
        Path file = folder.resolve("labels.csv");
        ModelFolders.write(
                file,
                "id,scientific_name,common_name\n1,\"Turdus merula\",\"Blackbird, common\"\n2,Parus major,\n");

        assertThat(Labels.read(file))
                .containsExactly(
                        new Label("Turdus merula", Optional.of("Blackbird, common")),
                        new Label("Parus major", Optional.empty()));
    }

    private SpeciesModel species(Path path) {
        return models.species(ModelSource.of(path.toString()));
    }

    private void refused(Path path, String... parts) {
        assertThatThrownBy(species(path)::info)
                .isInstanceOf(ModelRefused.class)
                .satisfies(
                        thrown -> {
                            for (String part : parts) {
                                assertThat(thrown).hasMessageContaining(part);
                            }
                        });
    }
}
