package dev.darkroom.inference.layout;

import dev.darkroom.inference.ModelRefused;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// CLIP and its relatives: a graph for pictures, and mostly one for words.
final class ImageTextLayout {
    private static final String LOOKED_FOR =
            "model.json, visual/model.onnx (Immich), onnx/vision_model.onnx (transformers.js),"
                    + " vision_model.onnx, visual.onnx, vision.onnx, onnx/vision.onnx,"
                    + " image/model.onnx, or a single *vision*.onnx or *visual*.onnx";

    private ImageTextLayout() {}

    static Plan.ImageText read(ModelFolder folder) {
        return find(folder).orElseThrow(() -> folder.unknown("CLIP", LOOKED_FOR));
    }

    static Optional<Plan.ImageText> find(ModelFolder folder) {
        Optional<Plan.ImageText> own =
                OwnModel.of(folder, "clip", "zeroshot").map(ImageTextLayout::own);
        return own.or(() -> immich(folder))
                .or(() -> transformers(folder))
                .or(() -> flat(folder))
                .or(() -> joint(folder));
    }

    private static Plan.ImageText own(OwnModel model) {
        return plan(
                model.folder(),
                model.name(),
                "model.json",
                model.vision(),
                model.text(),
                model.settings().number("logit_scale"));
    }

    private static Optional<Plan.ImageText> immich(ModelFolder folder) {
        return folder.graph("visual/model")
                .map(graph -> towers(folder, "Immich", graph, folder.graph("textual/model")));
    }

    private static Optional<Plan.ImageText> transformers(ModelFolder folder) {
        return folder.graph("onnx/vision_model")
                .map(
                        graph ->
                                towers(
                                        folder,
                                        "transformers.js",
                                        graph,
                                        folder.graph("onnx/text_model")));
    }

    private static Optional<Plan.ImageText> flat(ModelFolder folder) {
        return folder.graph("vision_model", "visual", "vision", "onnx/vision", "image/model")
                .or(() -> folder.onlyGraph("*vision*"))
                .or(() -> folder.onlyGraph("*visual*"))
                .map(
                        graph ->
                                towers(
                                        folder,
                                        "flat",
                                        graph,
                                        folder.graph(
                                                        "text_model",
                                                        "textual",
                                                        "text",
                                                        "onnx/text",
                                                        "text/model")
                                                .or(() -> folder.onlyGraph("*text*"))));
    }

    private static Optional<Plan.ImageText> joint(ModelFolder folder) {
        boolean isClip =
                folder.settings("config.json")
                        .flatMap(config -> config.text("model_type"))
                        .filter(type -> type.startsWith("clip") || type.startsWith("siglip"))
                        .isPresent();
        if (isClip && folder.file("onnx/model.onnx", "model.onnx").isPresent()) {
            throw new ModelRefused(
                    folder.root()
                            + " holds only the graph that takes a picture and words together, and"
                            + " Darkroom needs one for each: export onnx/vision_model.onnx and"
                            + " onnx/text_model.onnx");
        }
        return Optional.empty();
    }

    private static Plan.ImageText towers(
            ModelFolder folder, String rule, Path vision, Optional<Path> text) {
        Preparations.Found found = Preparations.of(folder, vision);
        Plan.Vision pictures =
                new Plan.Vision(vision, found.preparation(), null, null, null, found.from());
        Optional<Plan.Text> words =
                text.map(
                        graph -> {
                            Path tokenizer = TextFiles.tokenizer(folder, graph);
                            return new Plan.Text(
                                    graph,
                                    tokenizer,
                                    TextFiles.rules(folder, tokenizer, null),
                                    null);
                        });
        return plan(folder, folder.name(), rule, pictures, words, OptionalDouble.empty());
    }

    private static Plan.ImageText plan(
            ModelFolder folder,
            String name,
            String rule,
            Plan.Vision vision,
            Optional<Plan.Text> text,
            OptionalDouble logitScale) {
        Map<String, String> resolved = new LinkedHashMap<>();
        describe(folder, vision, resolved);
        text.ifPresent(
                words -> {
                    resolved.put("text.graph", folder.relative(words.graph()));
                    resolved.put("text.tokenizer", folder.relative(words.tokenizer()));
                    resolved.put(
                            "text.cleaning",
                            words.rules().canonicalize()
                                    ? "small letters, no punctuation"
                                    : words.rules().lowercase() ? "small letters" : "none");
                    resolved.put("text.rules from", words.rules().from());
                });
        logitScale.ifPresent(scale -> resolved.put("logit scale", String.valueOf(scale)));
        return new Plan.ImageText(name, rule, vision, text, logitScale, resolved);
    }

    static void describe(ModelFolder folder, Plan.Vision vision, Map<String, String> resolved) {
        resolved.put("vision.graph", folder.relative(vision.graph()));
        resolved.put("vision.preparation", vision.preparation().toString());
        resolved.put("vision.preparation from", folder.relative(Path.of(vision.from())));
    }
}
