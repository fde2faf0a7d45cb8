package dev.darkroom.inference.clip;

import dev.darkroom.inference.Capability;
import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.ModelInfo;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.Role;
import dev.darkroom.inference.layout.Plan;
import dev.darkroom.inference.layout.Understood;
import dev.darkroom.inference.runtime.Idle;
import dev.darkroom.inference.runtime.Turns;
import dev.darkroom.inference.runtime.Vectors;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Pictures, and mostly words, into one space: CLIP, SigLIP, MobileCLIP.
///
/// All vectors have length 1, so their dot product is their cosine. It is in memory only while it
/// is used, and some minutes longer.
public final class ImageTextModel implements AutoCloseable {
    private final Idle<Loaded> model;

    public ImageTextModel(Understood understood, Turns turns, Idle.Keeping keeping) {
        this.model =
                new Idle<>(
                        keeping, () -> understood.get().id(), () -> load(understood.get(), turns));
    }

    /// Loads it if it never was: also the way to learn early that it does not work.
    public ModelInfo info() {
        return model.info();
    }

    public float[] image(RgbImage picture) {
        return images(List.of(picture)).getFirst();
    }

    /// One vector for each picture, in order; in small batches, where the graph takes them.
    public List<float[]> images(List<RgbImage> pictures) {
        return model.with(
                loaded ->
                        loaded.vision.rows(pictures).stream()
                                .map(row -> Vectors.unit(row, loaded.info.id()))
                                .toList());
    }

    /// The vector of a text, in the space of the pictures.
    ///
    /// @throws UnsupportedOperationException when the model has no graph for words; its
    ///   capabilities say so before
    public float[] text(String text) {
        return model.with(
                loaded -> {
                    if (loaded.text == null) {
                        throw new UnsupportedOperationException(
                                loaded.info.id() + " has no graph for words");
                    }
                    return Vectors.unit(loaded.text.row(text), loaded.info.id());
                });
    }

    public boolean isLoaded() {
        return model.isLoaded();
    }

    @Override
    public void close() {
        model.close();
    }

    private static Loaded load(Understood.Known known, Turns turns) {
        Plan.ImageText plan = (Plan.ImageText) known.plan();
        VisionTower vision = VisionTower.open(plan.vision(), turns);
        TextTower text = null;
        try {
            text = plan.text().map(words -> TextTower.open(words, turns)).orElse(null);
            return new Loaded(vision, text, tested(known.id(), plan, vision, text));
        } catch (RuntimeException e) {
            vision.close();
            if (text != null) {
                text.close();
            }
            throw e;
        }
    }

    private static ModelInfo tested(
            String id, Plan.ImageText plan, VisionTower vision, @Nullable TextTower text) {
        SelfTest.Outcome outcome = SelfTest.of(vision, plan.vision().graph());
        Map<String, String> resolved = new LinkedHashMap<>(plan.resolved());
        vision.describe(resolved);
        Set<Capability> capabilities = EnumSet.of(Capability.IMAGE_VECTOR);
        if (text != null) {
            int words = words(text, plan);
            if (words != outcome.dimension()) {
                throw new ModelRefused(
                        "self-test: words become %d numbers and pictures %d: %s and %s do not belong together"
                                .formatted(
                                        words,
                                        outcome.dimension(),
                                        plan.text().orElseThrow().graph(),
                                        plan.vision().graph()));
            }
            text.describe(resolved);
            capabilities.add(Capability.TEXT_VECTOR);
        }
        return new ModelInfo(
                id,
                Role.CLIP,
                outcome.dimension(),
                capabilities,
                plan.rule(),
                resolved,
                outcome.report());
    }

    private static int words(TextTower text, Plan.ImageText plan) {
        try {
            return Vectors.unit(text.row("a photo of a bird"), plan.name()).length;
        } catch (InferenceFailed e) {
            throw new ModelRefused(
                    "self-test: "
                            + plan.text().orElseThrow().graph()
                            + " does not work: "
                            + e.getMessage(),
                    e);
        }
    }

    /// What is in memory.
    public static final class Loaded implements Idle.Resource {
        private final VisionTower vision;
        private final @Nullable TextTower text;
        private final ModelInfo info;

        private Loaded(VisionTower vision, @Nullable TextTower text, ModelInfo info) {
            this.vision = vision;
            this.text = text;
            this.info = info;
        }

        @Override
        public ModelInfo info() {
            return info;
        }

        @Override
        public void close() {
            vision.close();
            if (text != null) {
                text.close();
            }
        }
    }
}
