package dev.darkroom.inference.runtime;

import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.ModelRefused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists of numbers with a direction: which output of a graph they come from, and what is done to
/// every one of them before anybody sees it.
public final class Vectors {
    /// What exporters call the output that is the answer, best first.
    private static final List<String> KNOWN =
            List.of(
                    "image_embeds",
                    "text_embeds",
                    "embedding",
                    "embeddings",
                    "pooler_output",
                    "sentence_embedding",
                    "unnorm_image_features",
                    "unnorm_text_features",
                    "logits");

    private Vectors() {}

    /// The output that gives one vector for each input. The name alone is not trusted: some exports
    /// call the vectors of all patches `image_embeds`.
    ///
    /// @param name as the configuration gives it, or null
    public static Port output(Graph graph, @Nullable String name) {
        List<Port> tables = graph.outputs(port -> port.rank() == 2 && port.isFloat());
        if (name != null) {
            return tables.stream()
                    .filter(port -> port.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new ModelRefused(
                                            "%s has no output %s with one vector for each input (rank 2, float); it has: %s"
                                                    .formatted(
                                                            graph.file(),
                                                            name,
                                                            graph.signature())));
        }
        for (String known : KNOWN) {
            for (Port table : tables) {
                if (table.name().equals(known)) {
                    return table;
                }
            }
        }
        if (tables.size() == 1) {
            return tables.getFirst();
        }
        throw new ModelRefused(
                "%s has %s output with one vector for each input (rank 2, float): %s. Export it with pooling and projection, or name the output in model.json"
                        .formatted(
                                graph.file(),
                                tables.isEmpty() ? "no" : "more than one",
                                graph.signature()));
    }

    /// The same direction with length 1; refuses what has none.
    public static float[] unit(float[] vector, String from) {
        float[] unit = new float[vector.length];
        double norm = norm(vector);
        if (!Double.isFinite(norm) || norm < 1e-12) {
            throw new InferenceFailed(
                    from
                            + " answered with "
                            + (norm < 1e-12 ? "nothing but zeros" : "numbers that are not finite")
                            + ": nothing can be compared with that",
                    false,
                    new ArithmeticException("norm " + norm));
        }
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] / norm);
        }
        return unit;
    }

    public static double norm(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /// The cosine of the angle between vectors of length 1.
    public static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
