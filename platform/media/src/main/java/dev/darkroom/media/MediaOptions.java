package dev.darkroom.media;

import java.time.Duration;

/// Limits of a [MediaPool]; immutable, start from [#defaults()].
///
/// @param processes how many child processes work at the same time
/// @param heapBytes Java heap of one child
/// @param memoryLimitBytes private memory of one child, native libraries included; over it the
///   child is killed
/// @param deadline wall clock for one call, after which its child is killed
/// @param recycleAfter calls after which a child is replaced, so that slow leaks in native code
///   stay small
/// @param maxPixels width times height above which a picture is refused from its header. The
///   default is 16,383 x 16,383, the same as sharp's: enough for a 200-megapixel phone, small
///   enough for the default memory limit
/// @param maxTextBytes bytes of UTF-8 in one metadata value; longer ones are cut
/// @param maxTags metadata values kept per file
/// @param nativeDecoders whether libvips may be used where it is installed; false leaves only what
///   Java decodes
/// @param limits what else one file may cost and promise
/// @param svg whether SVG drawings are taken as photos; they are programs, so not by default
public record MediaOptions(
        int processes,
        long heapBytes,
        long memoryLimitBytes,
        Duration deadline,
        int recycleAfter,
        long maxPixels,
        int maxTextBytes,
        int maxTags,
        boolean nativeDecoders,
        MediaLimits limits,
        boolean svg) {

    private static final long MEBIBYTE = 1024 * 1024;

    public MediaOptions {
        positive("processes", processes);
        atLeast("heapBytes", heapBytes, 64 * MEBIBYTE);
        atLeast("memoryLimitBytes", memoryLimitBytes, heapBytes + 128 * MEBIBYTE);
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline must be positive: " + deadline);
        }
        positive("recycleAfter", recycleAfter);
        positive("maxPixels", maxPixels);
        positive("maxTextBytes", maxTextBytes);
        positive("maxTags", maxTags);
    }

    /// Two children of 384 MiB heap and 1 GiB memory, 30 s per call.
    public static MediaOptions defaults() {
        return new MediaOptions(
                2,
                384 * MEBIBYTE,
                1024 * MEBIBYTE,
                Duration.ofSeconds(30),
                10_000,
                16_383L * 16_383L,
                4_096,
                2_000,
                true,
                MediaLimits.defaults(),
                false);
    }

    /// Private memory at which a child between two calls counts as worn out: its heap may be full,
    /// and half of the rest.
    long grownBytes() {
        return heapBytes + (memoryLimitBytes - heapBytes) / 2;
    }

    public MediaOptions withProcesses(int value) {
        return new MediaOptions(
                value,
                heapBytes,
                memoryLimitBytes,
                deadline,
                recycleAfter,
                maxPixels,
                maxTextBytes,
                maxTags,
                nativeDecoders,
                limits,
                svg);
    }

    public MediaOptions withMemory(long heap, long limit) {
        return new MediaOptions(
                processes,
                heap,
                limit,
                deadline,
                recycleAfter,
                maxPixels,
                maxTextBytes,
                maxTags,
                nativeDecoders,
                limits,
                svg);
    }

    public MediaOptions withDeadline(Duration value) {
        return new MediaOptions(
                processes,
                heapBytes,
                memoryLimitBytes,
                value,
                recycleAfter,
                maxPixels,
                maxTextBytes,
                maxTags,
                nativeDecoders,
                limits,
                svg);
    }

    public MediaOptions withRecycleAfter(int value) {
        return new MediaOptions(
                processes,
                heapBytes,
                memoryLimitBytes,
                deadline,
                value,
                maxPixels,
                maxTextBytes,
                maxTags,
                nativeDecoders,
                limits,
                svg);
    }

    public MediaOptions withMaxPixels(long value) {
        return new MediaOptions(
                processes,
                heapBytes,
                memoryLimitBytes,
                deadline,
                recycleAfter,
                value,
                maxTextBytes,
                maxTags,
                nativeDecoders,
                limits,
                svg);
    }

    public MediaOptions withNativeDecoders(boolean value) {
        return new MediaOptions(
                processes,
                heapBytes,
                memoryLimitBytes,
                deadline,
                recycleAfter,
                maxPixels,
                maxTextBytes,
                maxTags,
                value,
                limits,
                svg);
    }

    public MediaOptions withSvg(boolean value) {
        return new MediaOptions(
                processes,
                heapBytes,
                memoryLimitBytes,
                deadline,
                recycleAfter,
                maxPixels,
                maxTextBytes,
                maxTags,
                nativeDecoders,
                limits,
                value);
    }

    public MediaOptions withLimits(MediaLimits value) {
        return new MediaOptions(
                processes,
                heapBytes,
                memoryLimitBytes,
                deadline,
                recycleAfter,
                maxPixels,
                maxTextBytes,
                maxTags,
                nativeDecoders,
                value,
                svg);
    }

    private static void positive(String name, long value) {
        atLeast(name, value, 1);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
        }
    }
}
