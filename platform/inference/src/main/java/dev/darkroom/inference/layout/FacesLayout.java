package dev.darkroom.inference.layout;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Faces: SCRFD to find them, ArcFace to tell them apart. Both families prepare pictures in one
/// way, which is part of what they are, so there is no configuration to read.
final class FacesLayout {
    private FacesLayout() {}

    static Plan.Faces read(ModelFolder folder) {
        return OwnModel.of(folder, "faces")
                .map(FacesLayout::own)
                .or(() -> immich(folder))
                .or(() -> insightFace(folder))
                .orElseThrow(
                        () ->
                                folder.unknown(
                                        "faces",
                                        "model.json, detection/model.onnx with recognition/model.onnx"
                                                + " (Immich), det_*.onnx with w600k_*.onnx or"
                                                + " glintr100.onnx (InsightFace)"));
    }

    private static Plan.Faces own(OwnModel model) {
        Path detector = model.file(model.section("detector"), "file");
        Optional<Path> recogniser =
                model.settings().object("recogniser").map(section -> model.file(section, "file"));
        return plan(model.folder(), model.name(), "model.json", detector, recogniser);
    }

    private static Optional<Plan.Faces> immich(ModelFolder folder) {
        return folder.graph("detection/model")
                .map(
                        detector ->
                                plan(
                                        folder,
                                        folder.name(),
                                        "Immich",
                                        detector,
                                        folder.graph("recognition/model")));
    }

    private static Optional<Plan.Faces> insightFace(ModelFolder folder) {
        return folder.onlyGraph("{det_*,scrfd_*}")
                .map(
                        detector ->
                                plan(
                                        folder,
                                        folder.name(),
                                        "InsightFace",
                                        detector,
                                        folder.onlyGraph("{w600k_*,glintr100,arcface*}")));
    }

    private static Plan.Faces plan(
            ModelFolder folder,
            String name,
            String rule,
            Path detector,
            Optional<Path> recogniser) {
        Map<String, String> resolved = new LinkedHashMap<>();
        resolved.put("detector", folder.relative(detector));
        resolved.put(
                "recogniser",
                recogniser.map(folder::relative).orElse("none: faces get no vectors"));
        return new Plan.Faces(name, rule, detector, recogniser, resolved);
    }
}
