package dev.darkroom.inference.species;

import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.runtime.Vectors;

/// Confidences that are 1 together.
final class Scores {
    private static final double SUM = 1e-3;

    private Scores() {}

    /// Some graphs end in softmax already; doing it twice would make everything equally likely.
    static double[] ofClassifier(float[] row) {
        double sum = 0;
        boolean isShare = true;
        for (float value : row) {
            sum += value;
            isShare &= value >= 0 && value <= 1;
        }
        if (isShare && Math.abs(sum - 1) < SUM) {
            double[] shares = new double[row.length];
            for (int i = 0; i < row.length; i++) {
                shares[i] = row[i];
            }
            return shares;
        }
        double[] logits = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            logits[i] = row[i];
        }
        return softmax(logits);
    }

    static double[] ofCosines(float[] row, float[][] vectors, double scale, String model) {
        float[] picture = Vectors.unit(row, model);
        double[] logits = new double[vectors.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = scale * Vectors.dot(picture, vectors[i]);
        }
        return softmax(logits);
    }

    private static double[] softmax(double[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        double[] shares = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            shares[i] = Math.exp(logits[i] - largest);
            sum += shares[i];
        }
        if (!Double.isFinite(sum)) {
            throw new InferenceFailed(
                    "a classifier answered with numbers that are not finite",
                    false,
                    new ArithmeticException("sum " + sum));
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }
}
