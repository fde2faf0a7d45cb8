package dev.darkroom.inference.layout;

import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.picture.Channels;
import dev.darkroom.inference.picture.Filter;
import dev.darkroom.inference.picture.Normalisation;
import dev.darkroom.inference.picture.Preparation;
import dev.darkroom.inference.picture.Preparation.Fit;
import dev.darkroom.inference.picture.Preparation.Rounding;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// How pictures are prepared, from whichever file of a model says so. Families differ in filter,
/// crop, mean and std, and a wrong one costs quality without any error: what is not written down is
/// refused, not assumed.
final class Preparations {
    private Preparations() {}

    /// A way to prepare, and the file that describes it.
    record Found(Preparation preparation, String from) {}

    /// The nearest description of a graph.
    static Found of(ModelFolder folder, Path graph) {
        Optional<Found> found =
                folder.upwards(graph, "preprocess_cfg.json")
                        .map(file -> openClip(Settings.read(file), Rounding.DOWN))
                        .or(
                                () ->
                                        folder.upwards(graph, "preprocessor_config.json")
                                                .map(file -> transformers(Settings.read(file))))
                        .or(
                                () ->
                                        folder.upwards(graph, "open_clip_config.json")
                                                .map(Settings::read)
                                                .flatMap(file -> file.object("preprocess_cfg"))
                                                .map(cfg -> openClip(cfg, Rounding.HALF_EVEN)))
                        .or(
                                () ->
                                        folder.upwards(graph, "config.json")
                                                .map(Settings::read)
                                                .flatMap(file -> file.object("pretrained_cfg"))
                                                .map(Preparations::timm));
        return found.orElseThrow(
                () ->
                        new ModelRefused(
                                "nobody says how pictures are prepared for %s: looked for preprocess_cfg.json, preprocessor_config.json, open_clip_config.json and pretrained_cfg in config.json, in its folder and above. Put the file of the model's author there, or write vision.size, mean, std, resample and resize_mode into model.json"
                                        .formatted(graph)));
    }

    /// Open CLIP's, which Immich uses too: size, mode, mean, std, interpolation, resize_mode.
    static Found openClip(Settings cfg, Rounding rounding) {
        Size size = size(cfg, "size").orElseThrow(() -> cfg.wrong("size", "the size of a picture"));
        String mode = cfg.text("resize_mode").orElse("shortest");
        if (!cfg.text("mode").orElse("RGB").equals("RGB")) {
            throw cfg.wrong("mode", "RGB");
        }
        Fit fit =
                switch (mode) {
                    case "shortest" -> Fit.SHORTEST;
                    case "squash" -> Fit.SQUASH;
                    default -> throw cfg.wrong("resize_mode", "shortest or squash");
                };
        if (fit == Fit.SHORTEST && size.width != size.height) {
            throw cfg.wrong("size", "a square, when the shortest side is resized");
        }
        return found(
                cfg,
                fit,
                size,
                size,
                filter(cfg, cfg.has("interpolation") ? "interpolation" : "resample"),
                rounding,
                new Normalisation(Normalisation.UNIT, cfg.channels("mean"), cfg.channels("std")));
    }

    /// Hugging Face's image processors.
    private static Found transformers(Settings cfg) {
        if (!cfg.flag("do_resize", true)) {
            throw cfg.wrong("do_resize", "true: photos have any size");
        }
        Size size = size(cfg, "size").orElseThrow(() -> cfg.wrong("size", "the size of a picture"));
        boolean crop = cfg.flag("do_center_crop", cfg.has("crop_size"));
        Fit fit = size.isShortest || (size.isPlain && isClip(cfg)) ? Fit.SHORTEST : Fit.SQUASH;
        if (fit == Fit.SHORTEST && !crop) {
            throw cfg.wrong("do_center_crop", "true, when only the shortest side has a size");
        }
        Size middle =
                crop
                        ? size(cfg, "crop_size").orElseThrow(() -> cfg.wrong("crop_size", "a size"))
                        : size;
        return found(
                cfg, fit, size, middle, filter(cfg, "resample"), Rounding.DOWN, normalisation(cfg));
    }

    /// As `image_mean`, `image_std`, `rescale_factor` and their switches say.
    static Normalisation normalisation(Settings cfg) {
        float scale =
                cfg.flag("do_rescale", true)
                        ? (float) cfg.number("rescale_factor").orElse(1 / 255.0)
                        : 1;
        return cfg.flag("do_normalize", true)
                ? new Normalisation(scale, cfg.channels("image_mean"), cfg.channels("image_std"))
                : new Normalisation(scale, Channels.ZERO, Channels.ONE);
    }

    /// What timm writes beside its classifiers.
    private static Found timm(Settings cfg) {
        JsonNode input =
                cfg.value("input_size").orElseThrow(() -> cfg.wrong("input_size", "there"));
        if (!input.isArray()
                || input.size() != 3
                || input.get(1).intValue() != input.get(2).intValue()) {
            throw cfg.wrong("input_size", "[3, size, size]");
        }
        if (!cfg.text("crop_mode").orElse("center").equals("center")) {
            throw cfg.wrong("crop_mode", "center");
        }
        int side = input.get(1).intValue();
        double share =
                cfg.number("crop_pct")
                        .orElseThrow(() -> cfg.wrong("crop_pct", "a number between 0 and 1"));
        if (share <= 0 || share > 1) {
            throw cfg.wrong("crop_pct", "a number between 0 and 1");
        }
        return found(
                cfg,
                Fit.SHORTEST,
                Size.square((int) Math.floor(side / share)),
                Size.square(side),
                filter(cfg, "interpolation"),
                Rounding.HALF_EVEN,
                new Normalisation(Normalisation.UNIT, cfg.channels("mean"), cfg.channels("std")));
    }

    private static Found found(
            Settings cfg,
            Fit fit,
            Size resize,
            Size middle,
            Filter filter,
            Rounding rounding,
            Normalisation normalisation) {
        try {
            return new Found(
                    new Preparation(
                            fit,
                            resize.width,
                            resize.height,
                            middle.width,
                            middle.height,
                            filter,
                            rounding,
                            normalisation),
                    cfg.file().toString());
        } catch (IllegalArgumentException e) {
            throw new ModelRefused(cfg.file() + ": " + e.getMessage(), e);
        }
    }

    private static boolean isClip(Settings cfg) {
        return cfg.text("image_processor_type")
                .or(() -> cfg.text("feature_extractor_type"))
                .orElse("")
                .startsWith("CLIP");
    }

    /// By Pillow's number or by name.
    static Filter filter(Settings cfg, String key) {
        JsonNode value = cfg.value(key).orElseThrow(() -> cfg.wrong(key, FILTERS));
        String name = value.isString() ? value.stringValue() : value.toString();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "1", "lanczos" -> Filter.LANCZOS;
            case "2", "bilinear" -> Filter.BILINEAR;
            case "3", "bicubic" -> Filter.BICUBIC;
            case "4", "box" -> Filter.BOX;
            default -> throw cfg.wrong(key, FILTERS);
        };
    }

    private static final String FILTERS =
            "one of 1 lanczos, 2 bilinear, 3 bicubic, 4 box, by number or name";

    /// A size as configurations write it: 224, [224, 224], {height, width}, {shortest_edge}.
    record Size(int width, int height, boolean isShortest, boolean isPlain) {
        static Size square(int side) {
            return new Size(side, side, false, true);
        }
    }

    static Optional<Size> size(Settings cfg, String key) {
        return cfg.value(key)
                .map(
                        value -> {
                            if (value.isInt()) {
                                return Size.square(value.intValue());
                            }
                            if (value.isArray()
                                    && value.size() == 2
                                    && value.get(0).isInt()
                                    && value.get(1).isInt()) {
                                return new Size(
                                        value.get(1).intValue(),
                                        value.get(0).intValue(),
                                        false,
                                        false);
                            }
                            return cfg.object(key)
                                    .flatMap(Preparations::sides)
                                    .orElseThrow(
                                            () ->
                                                    cfg.wrong(
                                                            key,
                                                            "224, [224, 224], {height, width} or {shortest_edge}"));
                        });
    }

    private static Optional<Size> sides(Settings size) {
        OptionalInt shortest = size.integer("shortest_edge");
        if (shortest.isPresent()) {
            int side = shortest.getAsInt();
            return Optional.of(new Size(side, side, true, false));
        }
        OptionalInt width = size.integer("width");
        OptionalInt height = size.integer("height");
        return width.isPresent() && height.isPresent()
                ? Optional.of(new Size(width.getAsInt(), height.getAsInt(), false, false))
                : Optional.empty();
    }
}
