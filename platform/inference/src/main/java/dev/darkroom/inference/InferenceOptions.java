package dev.darkroom.inference;

import java.nio.file.Path;
import java.time.Duration;

/// Limits of [Models]; immutable, start from [#in(Path)].
///
/// @param cache where downloaded models, native libraries and computed label vectors are kept; only
///   this user may write there
/// @param callers how many runs of a model go on at the same time, over all models; each takes one
///   processor
/// @param deadline wall clock for one run, after which it is cancelled
/// @param idle how long a model stays in memory after its last use
/// @param preload whether models, once asked for, stay in memory for ever
/// @param maxBytes what one model may take on disk, packed and unpacked
/// @param stall how long a download may give no byte before it counts as broken
public record InferenceOptions(
        Path cache,
        int callers,
        Duration deadline,
        Duration idle,
        boolean preload,
        long maxBytes,
        Duration stall) {

    private static final long GIBIBYTE = 1L << 30;

    public InferenceOptions {
        cache = cache.toAbsolutePath().normalize();
        if (callers < 1) {
            throw new IllegalArgumentException("callers must be at least 1: " + callers);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1: " + maxBytes);
        }
        positive("deadline", deadline);
        positive("idle", idle);
        positive("stall", stall);
    }

    /// One caller for each processor, a minute for a run, five idle minutes, 8 GiB for a model.
    public static InferenceOptions in(Path cache) {
        return new InferenceOptions(
                cache,
                Runtime.getRuntime().availableProcessors(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                false,
                8 * GIBIBYTE,
                Duration.ofSeconds(60));
    }

    public InferenceOptions withCallers(int value) {
        return new InferenceOptions(cache, value, deadline, idle, preload, maxBytes, stall);
    }

    public InferenceOptions withDeadline(Duration value) {
        return new InferenceOptions(cache, callers, value, idle, preload, maxBytes, stall);
    }

    public InferenceOptions withIdle(Duration value) {
        return new InferenceOptions(cache, callers, deadline, value, preload, maxBytes, stall);
    }

    public InferenceOptions withPreload(boolean value) {
        return new InferenceOptions(cache, callers, deadline, idle, value, maxBytes, stall);
    }

    public InferenceOptions withMaxBytes(long value) {
        return new InferenceOptions(cache, callers, deadline, idle, preload, value, stall);
    }

    public InferenceOptions withStall(Duration value) {
        return new InferenceOptions(cache, callers, deadline, idle, preload, maxBytes, value);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }
}
