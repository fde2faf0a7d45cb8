package dev.darkroom.embedding.space;

import java.util.Set;

/// What vectors a space holds. Two spaces that differ in any of this have nothing in common.
///
/// @param role what they are for, such as `visual`; one space of a role is searched at a time
/// @param modelId name@digest of what makes them
/// @param dimension how many numbers a vector has
/// @param metric `cosine`, `l2` or `inner_product`
public record SpaceSpec(String role, String modelId, int dimension, String metric) {
    private static final Set<String> METRICS = Set.of("cosine", "l2", "inner_product");

    public SpaceSpec {
        if (!role.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException("a role is lower-case letters: " + role);
        }
        if (!modelId.matches("[^@\\s]+@[^@\\s]+")) {
            throw new IllegalArgumentException("a model is name@digest: " + modelId);
        }
        if (!METRICS.contains(metric)) {
            throw new IllegalArgumentException("a metric is one of " + METRICS + ": " + metric);
        }
        if (dimension < 1 || dimension > 4_000) {
            throw new IllegalArgumentException("dimension must be 1 to 4000: " + dimension);
        }
    }

    /// The vector in length 1.
    ///
    /// @throws IllegalArgumentException when it is none of this space, or says nothing: such a
    ///   vector is as far from everything as from itself, or NaN
    public float[] normalised(float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException(
                    "%s made %d numbers, not %d".formatted(modelId, vector.length, dimension));
        }
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        if (!(sum > 0) || sum == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    modelId + " made a vector that is zero, or not finite");
        }
        float[] normalised = new float[vector.length];
        double length = Math.sqrt(sum);
        for (int i = 0; i < vector.length; i++) {
            normalised[i] = (float) (vector[i] / length);
        }
        return normalised;
    }
}
