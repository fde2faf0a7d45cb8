package dev.darkroom.media;

import dev.darkroom.media.MediaChildLost.Kind;
import java.time.Duration;

/// Why a child is gone, in words for a person: what was hit, and which setting raises it.
enum Loss {
    DEADLINE(Kind.TIMED_OUT),
    CPU(Kind.OUT_OF_CPU),
    MEMORY(Kind.OUT_OF_MEMORY),
    HEAP(Kind.OUT_OF_MEMORY),
    KILLED_FROM_OUTSIDE(Kind.CRASHED),
    NO_MORE_MEMORY(Kind.OUT_OF_MEMORY),
    CRASH(Kind.CRASHED);

    private static final int OUT_OF_HEAP = 3;
    private static final int SIGKILLED = 128 + 9;
    private static final long MEBIBYTE = 1024 * 1024;

    private final Kind kind;

    Loss(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /// The reason for an end that was not ours.
    static Loss of(int exit, String lastWords) {
        return switch (exit) {
            case OUT_OF_HEAP -> HEAP;
            case SIGKILLED -> KILLED_FROM_OUTSIDE;
            default -> saysOutOfMemory(lastWords) ? NO_MORE_MEMORY : CRASH;
        };
    }

    private static boolean saysOutOfMemory(String words) {
        return words.contains("failed to allocate")
                || words.contains("insufficient memory")
                || words.contains("Cannot allocate memory")
                || words.contains("Out of Memory Error")
                || words.contains("bad_alloc");
    }

    /// What follows the file's name and a colon.
    ///
    /// @param ending how it ended by itself, where it did
    String inWords(MediaOptions options, Duration deadline, String ending) {
        long memory = options.memoryLimitBytes() / MEBIBYTE;
        return switch (this) {
            case DEADLINE ->
                    "the child that read it was killed after "
                            + deadline.toMillis()
                            + " ms, the deadline of one call; raise darkroom.media.deadline if such files are"
                            + " worth the wait";
            case CPU ->
                    "the child that read it was killed after "
                            + options.limits().cpu().toMillis()
                            + " ms of processor time; raise darkroom.media.max-cpu if such files are worth it";
            case MEMORY ->
                    "the child that read it was killed over its memory limit of "
                            + memory
                            + " MiB; raise darkroom.media.memory-limit if such files are worth it";
            case HEAP ->
                    "the child that read it ran out of its Java heap of "
                            + options.heapBytes() / MEBIBYTE
                            + " MiB; raise darkroom.media.heap if such files are worth it";
            case KILLED_FROM_OUTSIDE ->
                    "the child that read it was killed from outside, most likely by the system for want of"
                            + " memory";
            case NO_MORE_MEMORY ->
                    "the child that read it could get no more memory; its limit is "
                            + memory
                            + " MiB; raise darkroom.media.memory-limit if such files are worth it";
            case CRASH -> "the child that read it ended with " + ending;
        };
    }
}
