package dev.darkroom.sync.folders;

import dev.darkroom.sync.folders.records.History;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How folders are kept in step.
///
/// @param enabled whether this instance keeps any
/// @param settle how long a file must be left alone before it is read
/// @param quiet how long the watch waits for more changes before it tells about them; twice that
///   when they do not end
/// @param lease how long an instance that does not answer keeps its repositories
/// @param unwatchedInterval how often folders are scanned that the system does not let us watch,
///   and how often a folder that is away is looked for
/// @param hashThreads how many files are read at once
/// @param undoFor how long operations can be undone
/// @param operationsFor how long operations are remembered, if they cannot be undone any more
/// @param operationsKept so many of a repository's newest operations are remembered however old
///   they are
public record FolderProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("500ms") Duration settle,
        @DefaultValue("200ms") Duration quiet,
        @DefaultValue("10s") Duration lease,
        @DefaultValue("30s") Duration unwatchedInterval,
        @DefaultValue("2") int hashThreads,
        @DefaultValue("30d") Duration undoFor,
        @DefaultValue("90d") Duration operationsFor,
        @DefaultValue("1000") int operationsKept) {
    public FolderProperties {
        requirePositive("lease", lease);
        requirePositive("unwatched-interval", unwatchedInterval);
        requirePositive("undo-for", undoFor);
        requirePositive("operations-for", operationsFor);
        if (settle.isNegative() || quiet.isNegative()) {
            throw new IllegalArgumentException(
                    "darkroom.sync.folders.settle and quiet must not be negative: "
                            + settle
                            + ", "
                            + quiet);
        }
        if (operationsKept < 0) {
            throw new IllegalArgumentException(
                    "darkroom.sync.folders.operations-kept must not be negative: "
                            + operationsKept);
        }
        if (hashThreads < 1) {
            throw new IllegalArgumentException(
                    "darkroom.sync.folders.hash-threads must be positive: " + hashThreads);
        }
    }

    /// The settings nobody changed.
    public static FolderProperties defaults() {
        return new FolderProperties(
                true,
                Duration.ofMillis(500),
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                2,
                Duration.ofDays(30),
                Duration.ofDays(90),
                1_000);
    }

    /// What is remembered of earlier operations.
    History.Keeping keeping() {
        return new History.Keeping(undoFor, operationsFor, operationsKept);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "darkroom.sync.folders." + name + " must be positive: " + value);
        }
    }
}
