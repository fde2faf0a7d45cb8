package dev.darkroom.inference.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.inference.Dtype;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.ModelSource;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.ModelsTesting;
import dev.darkroom.inference.fixture.ColourModel;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.inference.fixture.OddModels;
import dev.darkroom.inference.fixture.OnnxModel.ElementType;
import dev.darkroom.inference.fixture.WordModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong with a model is said at once, with the file's name and what to do.
class RefusalsTest {
    @TempDir private Path folder;

    private Path model;
    private Models models;

    @BeforeEach
    void open() {
        models = ModelsTesting.open(folder.resolve("cache"));
        model = ModelFolders.transformers(folder.resolve("model"));
    }

    @AfterEach
    void close() {
        models.close();
    }

    @Test
    void aFolderThatIsNotThere() {
        refused(ModelSource.of(folder.resolve("nowhere").toString()), "nowhere is not there");
    }

    @Test
    void aFolderWithoutAModel() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        refused(
                ModelSource.of(empty.toString()),
                "visual/model.onnx (Immich)",
                "no .onnx file at all");
    }

    @Test
    void aFolderWithGraphsThatCouldBeAnything() {
        Path unclear = folder.resolve("unclear");
        ColourModel.clip(32).to(unclear.resolve("s0/vision_model.onnx"));
        ColourModel.clip(32).to(unclear.resolve("s2/vision_model.onnx"));

        refused(
                ModelSource.of(unclear.toString()),
                "found [s0/vision_model.onnx, s2/vision_model.onnx]");
    }

    @Test
    void onlyTheJointGraph() throws IOException {
        Files.delete(model.resolve("onnx/vision_model.onnx"));
        ColourModel.clip(32).to(model.resolve("onnx/model.onnx"));

        refused("only the graph that takes a picture and words together");
    }

    @Test
    void nobodySaysHowPicturesArePrepared() throws IOException {
        Files.delete(model.resolve("preprocessor_config.json"));

        refused("nobody says how pictures are prepared", "preprocessor_config.json", "model.json");
    }

    @Test
    void aPreparationWithoutItsFilter() {
        ModelFolders.write(
                model.resolve("preprocessor_config.json"),
                "{\"size\": {\"height\": 32, \"width\": 32}, \"do_normalize\": false}");

        refused("preprocessor_config.json: resample must be one of", "and is not there");
    }

    @Test
    void aMeanWithTwoColours() {
        ModelFolders.write(
                model.resolve("preprocessor_config.json"),
                """
                {"size": {"height": 32, "width": 32}, "resample": 3,
                 "image_mean": [0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}""");

        refused("image_mean must be three numbers, and is [0.5,0.5]");
    }

    @Test
    void settingsThatAreNoJson() {
        ModelFolders.write(model.resolve("preprocessor_config.json"), "<html>not found</html>");

        refused("preprocessor_config.json is not JSON");
    }

    @Test
    void aGraphForAnotherSize() {
        ColourModel.clip(48).to(model.resolve("onnx/vision_model.onnx"));

        refused("takes pictures of 48 x 48", "makes them 32 x 32");
    }

    @Test
    void aGraphWithoutOneVectorForEachPicture() {
        OddModels.onlyPatches(model.resolve("onnx/vision_model.onnx"));

        refused("has no output with one vector for each input", "last_hidden_state");
    }

    @Test
    void aFileThatIsCutOff() throws IOException {
        Path graph = model.resolve("onnx/vision_model.onnx");
        Files.write(graph, Arrays.copyOf(Files.readAllBytes(graph), 200));

        refused("vision_model.onnx cannot be loaded by ONNX Runtime 1.29.0", "fetch it again");
    }

    @Test
    void aPageInsteadOfAModel() {
        ModelFolders.write(model.resolve("onnx/vision_model.onnx"), "<html>please log in</html>");

        refused("The file is damaged or no ONNX file");
    }

    @Test
    void anOperatorThatNobodyKnows() {
        OddModels.unknownOperator(model.resolve("onnx/vision_model.onnx"));

        refused("It needs operators that are not built in");
    }

    @Test
    void aGraphFromTheFuture() {
        OddModels.fromTheFuture(model.resolve("onnx/vision_model.onnx"));

        refused("opset 26 or older");
    }

    @Test
    void weightsThatAreNotThere() throws IOException {
        ColourModel.clip(-1)
                .to(model.resolve("onnx/vision_model.onnx"), model.resolve("onnx/weights"));
        Files.delete(model.resolve("onnx/weights"));

        refused("vision_model.onnx cannot be loaded", "weights");
    }

    @Test
    void weightsThatAreNoNumbers() {
        ColourModel.clip(-1)
                .normalised(ColourModel.ZERO, Collections.nCopies(3, Float.NaN))
                .to(model.resolve("onnx/vision_model.onnx"));

        refused("self-test: ", "numbers that are not finite");
    }

    @Test
    void anAnswerOfZeros() {
        ColourModel.clip(-1)
                .normalised(ColourModel.ZERO, ColourModel.ZERO)
                .to(model.resolve("onnx/vision_model.onnx"));

        refused("self-test: ", "nothing but zeros");
    }

    @Test
    void theSameAnswerForEveryPicture() {
        OddModels.alwaysTheSame(model.resolve("onnx/vision_model.onnx"));

        refused("self-test: ", "the same answer for two different pictures");
    }

    @Test
    void anAnswerThatDependsOnTheNeighbour() {
        OddModels.readsTheNeighbour(model.resolve("onnx/vision_model.onnx"));

        refused("self-test: ", "differently for a picture alone and beside another");
    }

    @Test
    void towersThatDoNotBelongTogether() {
        WordModel.clip().withDimension(5).to(model.resolve("onnx/text_model.onnx"));

        refused("self-test: words become 5 numbers and pictures 8");
    }

    @Test
    void wordsWithoutATokenizer() throws IOException {
        Files.delete(model.resolve("tokenizer.json"));

        refused("needs the tokenizer it was trained with", "tokenizer.json");
    }

    @Test
    void aFillingThatTheTokenizerDoesNotKnow() {
        ModelFolders.write(
                model.resolve("tokenizer_config.json"), "{\"pad_token\": \"<nothing>\"}");

        refused("does not know the token <nothing>");
    }

    @Test
    void nobodySaysHowManyIds() {
        ModelFolders.write(model.resolve("config.json"), "{\"model_type\": \"clip\"}");
        ModelFolders.write(model.resolve("tokenizer_config.json"), "{}");

        refused("nobody says how many ids", "model_max_length", "text.context in model.json");
    }

    @Test
    void settingsAndGraphThatDisagreeAboutTheIds() {
        WordModel.clip().withContext(16).to(model.resolve("onnx/text_model.onnx"));

        refused("takes 16 ids", "says 77");
    }

    @Test
    void aGraphForWordsThatWantsAPicture() {
        ColourModel.clip(32).to(model.resolve("onnx/text_model.onnx"));

        refused("must take the ids of words");
    }

    @Test
    void idsOfAnUnusualKind() {
        WordModel.clip().of(ElementType.FLOAT).to(model.resolve("onnx/text_model.onnx"));

        refused("text_model.onnx");
    }

    @Test
    void numbersThatTheFolderDoesNotHave() {
        refused(
                ModelSource.of(model.toString()).withDtype(Dtype.INT8),
                "has no INT8 file; set dtype to what it has: [onnx/vision_model.onnx]");
    }

    @Test
    void settingsThatLeadOutOfTheFolder() {
        ModelFolders.write(
                model.resolve("model.json"),
                "{\"kind\": \"clip\", \"vision\": {\"file\": \"../other/model.onnx\"}}");

        refused("names a file outside of the model's folder: ../other/model.onnx");
    }

    @Test
    void settingsForAnotherUse() {
        ModelFolders.write(model.resolve("model.json"), "{\"kind\": \"depth\"}");

        refused("model.json: kind must be clip or zeroshot, and is \"depth\"");
    }

    private void refused(String... parts) {
        refused(ModelSource.of(model.toString()), parts);
    }

    private void refused(ModelSource source, String... parts) {
        try (ImageTextModel image = models.imageText(source)) {
            assertThatThrownBy(image::info)
                    .isInstanceOf(ModelRefused.class)
                    .satisfies(
                            thrown -> {
                                for (String part : parts) {
                                    assertThat(thrown).hasMessageContaining(part);
                                }
                            });
        }
    }
}
