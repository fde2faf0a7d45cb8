package dev.darkroom.inference.layout;

import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.picture.Channels;
import dev.darkroom.inference.picture.Filter;
import dev.darkroom.inference.picture.Normalisation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Depth Anything and what is published like it.
final class DepthLayout {
    private DepthLayout() {}

    static Plan.Depth read(ModelFolder folder) {
        return OwnModel.of(folder, "depth")
                .map(DepthLayout::own)
                .or(
                        () ->
                                folder.graph("depth/model", "onnx/model", "model")
                                        .map(graph -> published(folder, graph)))
                .orElseThrow(
                        () ->
                                folder.unknown(
                                        "depth",
                                        "model.json, depth/model.onnx, onnx/model.onnx, model.onnx"));
    }

    private static Plan.Depth own(OwnModel model) {
        Settings vision = model.section("vision");
        Path graph = model.file(vision, "file");
        if (!vision.has("size")) {
            return plan(
                    model.folder(),
                    model.name(),
                    "model.json",
                    graph,
                    processor(model.folder(), graph));
        }
        Preparations.Size size = Preparations.size(vision, "size").orElseThrow();
        return plan(
                model.folder(),
                model.name(),
                "model.json",
                graph,
                new Rules(
                        size.width(),
                        size.height(),
                        vision.integer("multiple_of").orElse(1),
                        vision.flag("keep_aspect_ratio", false),
                        Preparations.filter(vision, "resample"),
                        normalisation(vision),
                        vision.file()));
    }

    private static Normalisation normalisation(Settings vision) {
        Channels mean = vision.channels("mean");
        return new Normalisation(Normalisation.UNIT, mean, vision.channels("std"));
    }

    private static Plan.Depth published(ModelFolder folder, Path graph) {
        return plan(folder, folder.name(), "Depth Anything", graph, processor(folder, graph));
    }

    /// What `preprocessor_config.json` says.
    private static Rules processor(ModelFolder folder, Path graph) {
        Settings cfg =
                folder.upwards(graph, "preprocessor_config.json")
                        .map(Settings::read)
                        .orElseThrow(
                                () ->
                                        new ModelRefused(
                                                "nobody says how pictures are prepared for %s: looked for preprocessor_config.json in its folder and above. Put it there, or write vision.size, mean, std, resample, multiple_of and keep_aspect_ratio into model.json"
                                                        .formatted(graph)));
        Preparations.Size size =
                Preparations.size(cfg, "size")
                        .orElseThrow(() -> cfg.wrong("size", "the size of a picture"));
        return new Rules(
                size.width(),
                size.height(),
                cfg.integer("ensure_multiple_of").orElse(1),
                cfg.flag("keep_aspect_ratio", false),
                Preparations.filter(cfg, "resample"),
                Preparations.normalisation(cfg),
                cfg.file());
    }

    private record Rules(
            int width,
            int height,
            int multiple,
            boolean keepShape,
            Filter filter,
            Normalisation normalisation,
            Path from) {
        Rules {
            if (width < 1 || height < 1 || multiple < 1) {
                throw new ModelRefused(
                        "%s: size and multiple must be positive: %d x %d, %d"
                                .formatted(from, width, height, multiple));
            }
        }
    }

    private static Plan.Depth plan(
            ModelFolder folder, String name, String rule, Path graph, Rules rules) {
        Map<String, String> resolved = new LinkedHashMap<>();
        resolved.put("vision.graph", folder.relative(graph));
        resolved.put(
                "vision.preparation",
                "%d x %d, sides a multiple of %d, %s, %s, %s"
                        .formatted(
                                rules.width,
                                rules.height,
                                rules.multiple,
                                rules.keepShape ? "keeps the shape" : "squash",
                                rules.filter.name().toLowerCase(Locale.ROOT),
                                rules.normalisation));
        resolved.put("vision.preparation from", folder.relative(rules.from));
        return new Plan.Depth(
                name,
                rule,
                graph,
                rules.width,
                rules.height,
                rules.multiple,
                rules.keepShape,
                rules.filter,
                rules.normalisation,
                resolved);
    }
}
