package dev.darkroom.ingest.file;

import dev.darkroom.schema.Sha256;
import dev.darkroom.storage.FilesInPlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Finds the file of a record on the disk, if it still holds what the record says.
public final class FileOnDisk {
    private FileOnDisk() {}

    /// The file, or empty when its content is another by now: sync-service finds out, and a newer
    /// event comes.
    ///
    /// The content was read once, by sync-service. It is read again only when size or time do not
    /// vouch for it.
    ///
    /// @throws IOException when the file is not there, though the record says so
    public static Optional<Path> locate(WatchedRepository repository, FileRow row)
            throws IOException {
        if (!repository.folder().isThere()) {
            throw new IOException(
                    "the folder of the repository is not there: %s; is its disk mounted?"
                            .formatted(repository.folder()));
        }
        try {
            return holds(repository, row)
                    ? Optional.of(repository.folder().locate(row.path()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "the file is not there, though its record is: %s in %s; the next scan notices"
                            .formatted(row.path(), repository.folder()),
                    e);
        }
    }

    private static boolean holds(WatchedRepository repository, FileRow row) throws IOException {
        Path root = repository.folder().root();
        BasicFileAttributes now = FilesInPlace.attributes(root, row.path());
        if (now.size() != row.size()) {
            return false;
        }
        boolean untouched = !row.pending() && sameTime(now, row);
        return untouched || hasContent(root, row);
    }

    private static boolean sameTime(BasicFileAttributes now, FileRow row) {
        Instant seen = now.lastModifiedTime().toInstant();
        // The database keeps microseconds, and rounds.
        return Math.abs(ChronoUnit.NANOS.between(seen, row.modifiedAt())) < 1_000;
    }

    private static boolean hasContent(Path root, FileRow row) throws IOException {
        try (InputStream bytes = Channels.newInputStream(FilesInPlace.open(root, row.path()))) {
            return Sha256.of(bytes).equals(row.sha256());
        }
    }
}
