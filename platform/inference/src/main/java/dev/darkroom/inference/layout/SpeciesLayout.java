package dev.darkroom.inference.layout;

import dev.darkroom.inference.ModelRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Species: a classifier with its labels, or a CLIP with a list of labels to compare with.
final class SpeciesLayout {
    private static final String TEMPLATE = "a photo of {}";
    private static final String LOOKED_FOR =
            "model.json; model.onnx or onnx/model.onnx with labels.txt, labels.csv, labels.json or"
                    + " id2label in config.json (a classifier); a CLIP model with labels/<name>.json"
                    + " or .txt (labels to compare with)";

    private SpeciesLayout() {}

    static Plan read(ModelFolder folder) {
        Optional<OwnModel> own = OwnModel.of(folder, "classifier", "zeroshot");
        if (own.isPresent()) {
            return own.get().kind().equals("classifier")
                    ? ownClassifier(own.get())
                    : zeroShot(folder, labels(own.get()), template(own.get()));
        }
        Optional<Path> set = labelSet(folder);
        if (set.isPresent()) {
            return zeroShot(folder, set.get(), TEMPLATE);
        }
        return classifier(folder).orElseThrow(() -> folder.unknown("species", LOOKED_FOR));
    }

    private static Plan ownClassifier(OwnModel model) {
        return classifier(
                model.folder(), model.name(), "model.json", model.vision(), labels(model));
    }

    private static Path labels(OwnModel model) {
        return model.file(model.settings(), "labels");
    }

    private static String template(OwnModel model) {
        String template = model.settings().text("template").orElse(TEMPLATE);
        if (!template.contains("{}")) {
            throw model.missing("template", "a sentence with {} where the label goes");
        }
        return template;
    }

    private static Optional<Plan> classifier(ModelFolder folder) {
        Optional<Path> graph = folder.graph("model", "onnx/model").or(() -> folder.onlyGraph("*"));
        Optional<Path> labels =
                folder.file("labels.txt", "labels.csv", "labels.json")
                        .or(
                                () ->
                                        folder.settings("config.json")
                                                .filter(SpeciesLayout::namesClasses)
                                                .map(Settings::file));
        if (graph.isEmpty() || labels.isEmpty()) {
            return Optional.empty();
        }
        Preparations.Found found = Preparations.of(folder, graph.get());
        return Optional.of(
                classifier(
                        folder,
                        folder.name(),
                        "classifier",
                        new Plan.Vision(
                                graph.get(), found.preparation(), null, null, null, found.from()),
                        labels.get()));
    }

    private static boolean namesClasses(Settings config) {
        return config.has("id2label") || config.has("label_names");
    }

    private static Plan classifier(
            ModelFolder folder, String name, String rule, Plan.Vision vision, Path labels) {
        Map<String, String> resolved = new LinkedHashMap<>();
        ImageTextLayout.describe(folder, vision, resolved);
        resolved.put("labels", folder.relative(labels));
        return new Plan.Classifier(name, rule, vision, labels, resolved);
    }

    private static Plan zeroShot(ModelFolder folder, Path labels, String template) {
        Plan.ImageText model =
                ImageTextLayout.find(folder)
                        .orElseThrow(() -> folder.unknown("species", LOOKED_FOR));
        Optional<Path> vectors =
                Optional.of(labels.resolveSibling(stem(labels) + ".npy"))
                        .filter(Files::isRegularFile);
        if (vectors.isEmpty() && model.text().isEmpty()) {
            throw new ModelRefused(
                    "%s has labels without vectors, and %s has no text graph to compute them: add %s.npy or the text graph"
                            .formatted(labels, folder.root(), stem(labels)));
        }
        Map<String, String> resolved = new LinkedHashMap<>(model.resolved());
        resolved.put("labels", folder.relative(labels));
        resolved.put(
                "label vectors",
                vectors.map(folder::relative).orElse("computed from words: " + template));
        return new Plan.ZeroShot(model, labels, vectors, template, resolved);
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]+$", "");
    }

    /// The only set in `labels/`; between several a person chooses.
    private static Optional<Path> labelSet(ModelFolder folder) {
        Path sets = folder.root().resolve("labels");
        if (!Files.isDirectory(sets)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(sets)) {
            List<Path> all =
                    files.filter(file -> file.toString().matches(".*\\.(json|txt|csv)"))
                            .sorted()
                            .toList();
            if (all.size() > 1) {
                throw new ModelRefused(
                        "%s holds several sets of labels %s: say which one with \"labels\" in model.json"
                                .formatted(sets, all.stream().map(folder::relative).toList()));
            }
            return all.stream().findFirst();
        } catch (IOException e) {
            throw new ModelRefused(sets + " cannot be listed: " + e.getMessage(), e);
        }
    }
}
