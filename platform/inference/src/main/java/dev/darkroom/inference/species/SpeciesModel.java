package dev.darkroom.inference.species;

import dev.darkroom.inference.Capability;
import dev.darkroom.inference.ModelInfo;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.Role;
import dev.darkroom.inference.clip.SelfTest;
import dev.darkroom.inference.clip.VisionTower;
import dev.darkroom.inference.layout.Plan;
import dev.darkroom.inference.layout.Understood;
import dev.darkroom.inference.runtime.Idle;
import dev.darkroom.inference.runtime.Turns;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/// Names what is in a picture, out of the labels it has. It always names something: a landscape
/// gets a species too, so ask only about pictures that may show one.
public final class SpeciesModel implements AutoCloseable {
    /// What CLIP models learn their scale up to, and stop at.
    private static final double CLIP_SCALE = 100;

    private final Idle<Loaded> model;

    /// Loads nothing yet.
    ///
    /// @param cache where the vectors of labels are kept
    public SpeciesModel(Understood understood, Turns turns, Idle.Keeping keeping, Path cache) {
        this.model =
                new Idle<>(
                        keeping,
                        () -> understood.get().id(),
                        () -> load(understood.get(), turns, cache));
    }

    public ModelInfo info() {
        return model.info();
    }

    /// The best guesses for each picture, in order, best first.
    public List<List<SpeciesPrediction>> predict(List<RgbImage> pictures, int top) {
        if (top < 1) {
            throw new IllegalArgumentException("top must be at least 1: " + top);
        }
        return model.with(
                loaded ->
                        loaded.vision.rows(pictures).stream()
                                .map(row -> loaded.best(row, top))
                                .toList());
    }

    public boolean isLoaded() {
        return model.isLoaded();
    }

    @Override
    public void close() {
        model.close();
    }

    private static Loaded load(Understood.Known known, Turns turns, Path cache) {
        return switch (known.plan()) {
            case Plan.Classifier plan -> classifier(known.id(), plan, turns);
            case Plan.ZeroShot plan -> zeroShot(known.id(), plan, turns, cache);
            case Plan.ImageText plan -> throw unexpected(plan);
            case Plan.Faces plan -> throw unexpected(plan);
            case Plan.Depth plan -> throw unexpected(plan);
        };
    }

    private static IllegalStateException unexpected(Plan plan) {
        return new IllegalStateException("no species model: " + plan.rule());
    }

    private static Loaded classifier(String id, Plan.Classifier plan, Turns turns) {
        List<Label> labels = Labels.read(plan.labels());
        VisionTower vision = VisionTower.open(plan.vision(), turns);
        try {
            SelfTest.Outcome outcome = SelfTest.of(vision, plan.vision().graph());
            if (outcome.dimension() != labels.size()) {
                throw new ModelRefused(
                        "%s knows %d classes, and %s has %d labels: they do not belong together"
                                .formatted(
                                        plan.vision().graph(),
                                        outcome.dimension(),
                                        plan.labels(),
                                        labels.size()));
            }
            return new Loaded(
                    vision, labels, Scores::ofClassifier, info(id, plan, vision, outcome));
        } catch (RuntimeException e) {
            vision.close();
            throw e;
        }
    }

    private static Loaded zeroShot(String id, Plan.ZeroShot plan, Turns turns, Path cache) {
        List<Label> labels = Labels.read(plan.labels());
        VisionTower vision = VisionTower.open(plan.model().vision(), turns);
        try {
            SelfTest.Outcome outcome = SelfTest.of(vision, plan.model().vision().graph());
            float[][] vectors = new LabelVectors(plan, labels, turns).in(cache, id);
            if (vectors[0].length != outcome.dimension()) {
                throw new ModelRefused(
                        "the vectors of %s have %d numbers, and those of pictures %d: they belong to another model"
                                .formatted(plan.labels(), vectors[0].length, outcome.dimension()));
            }
            double scale = plan.model().logitScale().orElse(CLIP_SCALE);
            return new Loaded(
                    vision,
                    labels,
                    row -> Scores.ofCosines(row, vectors, scale, id),
                    info(id, plan, vision, outcome));
        } catch (RuntimeException e) {
            vision.close();
            throw e;
        }
    }

    private static ModelInfo info(
            String id, Plan plan, VisionTower vision, SelfTest.Outcome outcome) {
        Map<String, String> resolved = new LinkedHashMap<>(plan.resolved());
        vision.describe(resolved);
        if (plan instanceof Plan.ZeroShot) {
            resolved.putIfAbsent(
                    "logit scale",
                    CLIP_SCALE
                            + ", where CLIP models end up; logit_scale in model.json changes it");
        }
        return new ModelInfo(
                id,
                Role.SPECIES,
                outcome.dimension(),
                EnumSet.of(Capability.SPECIES),
                plan.rule(),
                resolved,
                outcome.report());
    }

    /// From a graph's row to one confidence for each label.
    private interface Scoring {
        double[] of(float[] row);
    }

    /// What is in memory.
    private static final class Loaded implements Idle.Resource {
        private final VisionTower vision;
        private final List<Label> labels;
        private final Scoring scoring;
        private final ModelInfo info;

        private Loaded(VisionTower vision, List<Label> labels, Scoring scoring, ModelInfo info) {
            this.vision = vision;
            this.labels = labels;
            this.scoring = scoring;
            this.info = info;
        }

        List<SpeciesPrediction> best(float[] row, int top) {
            double[] confidences = scoring.of(row);
            // Between equals the earlier label wins, so that the answer is always the same.
            PriorityQueue<Integer> kept =
                    new PriorityQueue<>(
                            (a, b) ->
                                    confidences[a] == confidences[b]
                                            ? Integer.compare(b, a)
                                            : Double.compare(confidences[a], confidences[b]));
            for (int i = 0; i < confidences.length; i++) {
                kept.add(i);
                if (kept.size() > top) {
                    kept.poll();
                }
            }
            List<Integer> worstFirst =
                    IntStream.range(0, kept.size()).mapToObj(i -> kept.remove()).toList();
            return IntStream.range(0, worstFirst.size())
                    .mapToObj(
                            i ->
                                    prediction(
                                            i + 1,
                                            worstFirst.get(worstFirst.size() - 1 - i),
                                            confidences))
                    .toList();
        }

        private SpeciesPrediction prediction(int rank, int label, double[] confidences) {
            return new SpeciesPrediction(
                    rank,
                    labels.get(label).species(),
                    labels.get(label).commonName(),
                    confidences[label],
                    info.id());
        }

        @Override
        public ModelInfo info() {
            return info;
        }

        @Override
        public void close() {
            vision.close();
        }
    }
}
