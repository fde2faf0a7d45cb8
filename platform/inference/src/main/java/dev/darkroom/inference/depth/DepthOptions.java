package dev.darkroom.inference.depth;

import java.util.OptionalInt;

/// How much a depth map may cost.
///
/// @param size the shorter side that the graph sees, instead of what its configuration says; 252
///   instead of 518 is eight times as fast, and coarser
/// @param longest of the longer side; panoramas get smaller, not slower
public record DepthOptions(OptionalInt size, int longest) {
    public DepthOptions {
        if (longest < 32 || longest > 4096) {
            throw new IllegalArgumentException("longest must be 32 to 4096: " + longest);
        }
        if (size.isPresent() && (size.getAsInt() < 28 || size.getAsInt() > longest)) {
            throw new IllegalArgumentException(
                    "size must be 28 to %d: %d".formatted(longest, size.getAsInt()));
        }
    }

    public static DepthOptions defaults() {
        return new DepthOptions(OptionalInt.empty(), 1036);
    }

    public DepthOptions withSize(int value) {
        return new DepthOptions(OptionalInt.of(value), longest);
    }

    public DepthOptions withLongest(int value) {
        return new DepthOptions(size, value);
    }
}
