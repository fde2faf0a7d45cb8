package dev.darkroom.bench.search;

import java.util.List;

/// What a share of values does not exceed.
final class Percentiles {
    private Percentiles() {}

    /// @param share 0 to 1
    static double of(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }
}
