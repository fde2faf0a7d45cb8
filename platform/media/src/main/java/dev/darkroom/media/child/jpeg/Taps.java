package dev.darkroom.media.child.jpeg;

import java.util.LinkedHashMap;
import java.util.Map;

/// Which samples make one sample of a smaller row, and how much each of them counts: a Lanczos
/// filter as wide as the reduction demands, so that nothing aliases.
///
/// @param count samples for each result
/// @param starts the first of them
/// @param weights `count` for each result
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Taps(int count, int[] starts, float[] weights) {

    private static final double LOBES = 3;

    private static final int KEPT = 64;

    /// The photos of a camera all have the same size.
    private static final Map<Reduction, Taps> KNOWN =
            new LinkedHashMap<>(KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Reduction, Taps> eldest) {
                    return size() > KEPT;
                }
            };

    private record Reduction(double extent, int there, int target) {}

    /// @param extent how many samples the whole row stands for; the last may be a part of one
    /// @param there how many samples there are
    static Taps of(double extent, int there, int target) {
        if (extent == target && there == target) {
            return same(target);
        }
        synchronized (KNOWN) {
            return KNOWN.computeIfAbsent(new Reduction(extent, there, target), Taps::compute);
        }
    }

    private static Taps compute(Reduction wanted) {
        int there = wanted.there;
        int target = wanted.target;
        double extent = wanted.extent;
        double ratio = extent / target;
        double stretch = Math.max(1, ratio);
        double reach = LOBES * stretch;
        int count = Math.min(there, (int) Math.ceil(2 * reach));
        int[] starts = new int[target];
        float[] weights = new float[target * count];
        for (int i = 0; i < target; i++) {
            double centre = (i + 0.5) * ratio - 0.5;
            starts[i] = Math.clamp((int) Math.floor(centre - reach) + 1, 0, there - count);
            weigh(weights, i * count, count, (starts[i] - centre) / stretch, 1 / stretch);
        }
        return new Taps(count, starts, weights);
    }

    private static void weigh(float[] weights, int at, int count, double first, double step) {
        float sum = 0;
        for (int k = 0; k < count; k++) {
            weights[at + k] = (float) lanczos(first + k * step);
            sum += weights[at + k];
        }
        for (int k = 0; k < count; k++) {
            weights[at + k] /= sum;
        }
    }

    private static Taps same(int length) {
        int[] starts = new int[length];
        float[] weights = new float[length];
        for (int i = 0; i < length; i++) {
            starts[i] = i;
            weights[i] = 1;
        }
        return new Taps(1, starts, weights);
    }

    private static double lanczos(double x) {
        if (Math.abs(x) < 1e-9) {
            return 1;
        }
        if (Math.abs(x) >= LOBES) {
            return 0;
        }
        double angle = Math.PI * x;
        return LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
    }
}
