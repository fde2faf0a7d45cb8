package dev.darkroom.sync.folders.scan;

import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.Sha256;
import dev.darkroom.storage.FilesInPlace;
import dev.darkroom.sync.files.FileStat;
import dev.darkroom.sync.files.PathState;
import dev.darkroom.sync.files.TreeWalk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Reads a file's content once, if nobody is writing it.
///
/// The file has to be quiet for the settle time before, and the same before and after: else part of
/// it would be taken for the whole.
public final class ContentReader {
    private final Path root;
    private final TreeWalk tree;
    private final Duration settle;

    public ContentReader(Path root, TreeWalk tree, Duration settle) {
        this.root = root;
        this.tree = tree;
        this.settle = settle;
    }

    /// What came of reading.
    public sealed interface Content {
        /// It was read.
        ///
        /// @param stat the attributes of the file with this content
        record Read(Sha256 sha256, FileStat stat) implements Content {}

        /// Somebody is writing it.
        ///
        /// @param quietIn when another look is worth it
        record Unsettled(Duration quietIn) implements Content {}

        /// It is not there. That is for a scan to judge.
        record Gone() implements Content {}

        /// It is there, but cannot be read.
        record Unreadable(String reason) implements Content {}
    }

    public Content read(FilePath path) {
        return switch (tree.look(path)) {
            case PathState.File(FileStat stat) -> read(path, stat);
            case PathState.Unreadable(String reason) -> new Content.Unreadable(reason);
            case PathState.Missing _, PathState.Other _, PathState.Folder _ -> new Content.Gone();
        };
    }

    private Content read(FilePath path, FileStat before) {
        Duration quiet =
                Duration.of(
                        Instant.EPOCH.until(Instant.now(), ChronoUnit.MICROS)
                                - before.changedMicros(),
                        ChronoUnit.MICROS);
        // A change in the future is one of another machine's clock.
        if (!quiet.isNegative() && quiet.compareTo(settle) < 0) {
            return new Content.Unsettled(settle.minus(quiet));
        }
        Sha256 sha256;
        try (FileChannel channel = FilesInPlace.open(root, path);
                InputStream in = Channels.newInputStream(channel)) {
            sha256 = Sha256.of(in);
        } catch (IOException failure) {
            return tree.look(path) instanceof PathState.File
                    ? new Content.Unreadable(reason(failure))
                    : new Content.Gone();
        }
        return tree.look(path) instanceof PathState.File(FileStat after)
                        && after.sameContentAs(before)
                ? new Content.Read(sha256, after)
                : new Content.Unsettled(settle);
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
