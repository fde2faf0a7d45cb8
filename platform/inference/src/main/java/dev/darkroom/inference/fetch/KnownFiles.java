package dev.darkroom.inference.fetch;

import dev.darkroom.inference.Role;
import java.util.List;
import java.util.stream.Stream;

/// The names under which models lie at an address. A web server has no listing, so each known
/// layout is asked for by its first graph.
record KnownFiles(List<String> graphs, List<String> beside) {

    private static final List<String> SETTINGS =
            List.of(
                    "config.json",
                    "preprocessor_config.json",
                    "preprocess_cfg.json",
                    "open_clip_config.json");

    private static final List<String> WORDS =
            List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json");

    /// Weights that are too large for a graph's own file.
    static final List<String> WEIGHTS = List.of("_data", ".data");

    /// Files of `model.json` that name other files.
    static final List<String> NAMED =
            List.of(
                    "/vision/file",
                    "/text/file",
                    "/text/tokenizer",
                    "/detector/file",
                    "/recogniser/file",
                    "/labels");

    /// What may lie at the top, whatever the layout.
    static List<String> atTheTop(Role role) {
        return switch (role) {
            case CLIP -> List.of("config.json");
            case SPECIES -> List.of("config.json", "labels.txt", "labels.csv", "labels.json");
            case DEPTH -> List.of("config.json", "preprocessor_config.json");
            case FACES -> List.of();
        };
    }

    /// Layouts in the order in which they are tried. The first graph of each must be there.
    static List<KnownFiles> of(Role role) {
        return switch (role) {
            case CLIP ->
                    List.of(
                            new KnownFiles(
                                    List.of("visual/model", "textual/model"),
                                    List.of(
                                            "visual/preprocess_cfg.json",
                                            "textual/tokenizer.json",
                                            "textual/tokenizer_config.json",
                                            "textual/special_tokens_map.json")),
                            flat("onnx/vision_model", "onnx/text_model"),
                            flat("vision_model", "text_model"),
                            flat("visual", "textual"),
                            flat("vision", "text"),
                            flat("onnx/vision", "onnx/text"),
                            flat("image/model", "text/model"));
            case SPECIES -> List.of(single("model"), single("onnx/model"));
            case FACES ->
                    List.of(
                            new KnownFiles(
                                    List.of("detection/model", "recognition/model"), List.of()),
                            new KnownFiles(List.of("det_10g", "w600k_r50"), List.of()),
                            new KnownFiles(List.of("det_500m", "w600k_mbf"), List.of()),
                            new KnownFiles(List.of("scrfd_10g_bnkps", "glintr100"), List.of()));
            case DEPTH -> List.of(single("depth/model"), single("onnx/model"), single("model"));
        };
    }

    private static KnownFiles flat(String vision, String text) {
        return new KnownFiles(
                List.of(vision, text), Stream.concat(SETTINGS.stream(), WORDS.stream()).toList());
    }

    private static KnownFiles single(String graph) {
        return new KnownFiles(List.of(graph), SETTINGS);
    }
}
