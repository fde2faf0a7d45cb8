package dev.darkroom.inference.faces;

import dev.darkroom.inference.Capability;
import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.ModelInfo;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.Role;
import dev.darkroom.inference.clip.SelfTest;
import dev.darkroom.inference.clip.VisionTower;
import dev.darkroom.inference.layout.Plan;
import dev.darkroom.inference.layout.Understood;
import dev.darkroom.inference.picture.Channels;
import dev.darkroom.inference.picture.Filter;
import dev.darkroom.inference.picture.Normalisation;
import dev.darkroom.inference.picture.Preparation;
import dev.darkroom.inference.runtime.Idle;
import dev.darkroom.inference.runtime.Turns;
import dev.darkroom.inference.runtime.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds faces, and gives each a vector: those of one person are near each other.
public final class FaceModel implements AutoCloseable {
    private static final Preparation ALIGNED =
            new Preparation(
                    Preparation.Fit.SQUASH,
                    Alignment.SIDE,
                    Alignment.SIDE,
                    Alignment.SIDE,
                    Alignment.SIDE,
                    Filter.BILINEAR,
                    Preparation.Rounding.DOWN,
                    new Normalisation(1, Channels.all(127.5f), Channels.all(127.5f)));

    private final Idle<Loaded> model;

    public FaceModel(Understood understood, Turns turns, Idle.Keeping keeping) {
        this.model =
                new Idle<>(
                        keeping, () -> understood.get().id(), () -> load(understood.get(), turns));
    }

    public ModelInfo info() {
        return model.info();
    }

    /// Faces in a picture, the surest first.
    ///
    /// @param minScore 0 to 1; 0.7 finds few things that are no faces
    public List<Face> faces(RgbImage picture, double minScore) {
        if (!(minScore > 0 && minScore <= 1)) {
            throw new IllegalArgumentException("minScore must be above 0, at most 1: " + minScore);
        }
        return model.with(loaded -> loaded.faces(picture, minScore));
    }

    public boolean isLoaded() {
        return model.isLoaded();
    }

    @Override
    public void close() {
        model.close();
    }

    private static Loaded load(Understood.Known known, Turns turns) {
        Plan.Faces plan = (Plan.Faces) known.plan();
        FaceDetector detector = FaceDetector.open(plan.detector(), turns);
        VisionTower recogniser = null;
        try {
            recogniser =
                    plan.recogniser()
                            .map(
                                    graph ->
                                            VisionTower.open(
                                                    new Plan.Vision(
                                                            graph, ALIGNED, null, null, null,
                                                            "ArcFace"),
                                                    turns))
                            .orElse(null);
            return new Loaded(detector, recogniser, tested(known.id(), plan, detector, recogniser));
        } catch (RuntimeException e) {
            detector.close();
            if (recogniser != null) {
                recogniser.close();
            }
            throw e;
        }
    }

    private static ModelInfo tested(
            String id, Plan.Faces plan, FaceDetector detector, @Nullable VisionTower recogniser) {
        Map<String, String> report = new LinkedHashMap<>();
        Map<String, String> resolved = new LinkedHashMap<>(plan.resolved());
        Set<Capability> capabilities = EnumSet.of(Capability.FACES);
        int dimension = 0;
        detector.describe(resolved);
        report.put(
                "detector",
                "nine outputs fit together, %d faces in plain grey".formatted(onGrey(detector)));
        if (recogniser != null) {
            SelfTest.Outcome outcome = SelfTest.of(recogniser, plan.recogniser().orElseThrow());
            recogniser.describe(resolved);
            report.putAll(outcome.report());
            capabilities.add(Capability.FACE_VECTOR);
            dimension = outcome.dimension();
        }
        return new ModelInfo(
                id, Role.FACES, dimension, capabilities, plan.rule(), resolved, report);
    }

    private static int onGrey(FaceDetector detector) {
        try {
            return detector.find(grey(), 0.5).size();
        } catch (InferenceFailed e) {
            throw e.inSelfTest();
        }
    }

    private static RgbImage grey() {
        byte[] pixels = new byte[3 * 320 * 240];
        Arrays.fill(pixels, (byte) 128);
        return new RgbImage(320, 240, pixels);
    }

    /// What is in memory.
    private static final class Loaded implements Idle.Resource {
        private final FaceDetector detector;
        private final @Nullable VisionTower recogniser;
        private final ModelInfo info;

        private Loaded(FaceDetector detector, @Nullable VisionTower recogniser, ModelInfo info) {
            this.detector = detector;
            this.recogniser = recogniser;
            this.info = info;
        }

        List<Face> faces(RgbImage picture, double minScore) {
            List<Face> found = detector.find(picture, minScore);
            if (recogniser == null || found.isEmpty()) {
                return found;
            }
            List<float[]> rows =
                    recogniser.rows(
                            found.stream()
                                    .map(face -> Alignment.align(picture, face.landmarks()))
                                    .toList());
            List<Face> known = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                known.add(found.get(i).withVector(Vectors.unit(rows.get(i), info.id())));
            }
            return known;
        }

        @Override
        public ModelInfo info() {
            return info;
        }

        @Override
        public void close() {
            detector.close();
            if (recogniser != null) {
                recogniser.close();
            }
        }
    }
}
