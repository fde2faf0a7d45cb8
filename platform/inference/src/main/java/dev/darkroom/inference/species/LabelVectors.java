package dev.darkroom.inference.species;

import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.ModelUnavailable;
import dev.darkroom.inference.clip.TextTower;
import dev.darkroom.inference.layout.Plan;
import dev.darkroom.inference.runtime.Npy;
import dev.darkroom.inference.runtime.Turns;
import dev.darkroom.inference.runtime.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The vectors that pictures are compared with: read from a file, or computed from words once and
/// kept under the model's id.
final class LabelVectors {
    private static final Logger log = LoggerFactory.getLogger(LabelVectors.class);

    private final Plan.ZeroShot plan;
    private final List<Label> labels;
    private final Turns turns;

    LabelVectors(Plan.ZeroShot plan, List<Label> labels, Turns turns) {
        this.plan = plan;
        this.labels = labels;
        this.turns = turns;
    }

    /// All of length 1.
    float[][] in(Path cache, String modelId) {
        if (plan.vectors().isPresent()) {
            return units(
                    Npy.read(plan.vectors().get(), labels.size()), plan.vectors().get().toString());
        }
        Path kept = cache.resolve(modelId + ".npy");
        if (Files.isRegularFile(kept)) {
            return Npy.read(kept, labels.size());
        }
        float[][] computed = compute();
        try {
            Files.createDirectories(cache);
            Npy.write(kept, computed);
        } catch (IOException e) {
            throw new ModelUnavailable(
                    "the vectors of labels cannot be written to " + kept + ": " + e.getMessage(),
                    e);
        }
        return computed;
    }

    private float[][] compute() {
        long start = System.nanoTime();
        float[][] vectors = new float[labels.size()][];
        try (TextTower words = TextTower.open(plan.model().text().orElseThrow(), turns)) {
            IntStream.range(0, labels.size())
                    .parallel()
                    .forEach(
                            i ->
                                    vectors[i] =
                                            Vectors.unit(
                                                    words.row(sentence(labels.get(i))),
                                                    plan.name()));
        }
        log.atInfo()
                .addKeyValue("labels", labels.size())
                .addKeyValue("model", plan.name())
                .addKeyValue("durationMs", (System.nanoTime() - start) / 1_000_000)
                .log("Vectors of labels computed");
        return vectors;
    }

    private String sentence(Label label) {
        return plan.template()
                .replace("{}", label.species())
                .replace("{common}", label.commonName().orElse(label.species()));
    }

    private static float[][] units(float[][] vectors, String from) {
        for (int i = 0; i < vectors.length; i++) {
            try {
                vectors[i] = Vectors.unit(vectors[i], from);
            } catch (InferenceFailed e) {
                throw new ModelRefused("row %d: %s".formatted(i, e.getMessage()), e);
            }
        }
        return vectors;
    }
}
