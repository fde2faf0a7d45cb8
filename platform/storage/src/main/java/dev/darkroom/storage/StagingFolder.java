package dev.darkroom.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// The place inside a store's folder where bytes arrive, on the same file system as the blobs, so
/// that a rename publishes them.
final class StagingFolder {
    static final String NAME = ".staging";

    private static final int BUFFER = 128 * 1024;

    /// Our group may read: a decoder runs as a user of its own.
    private static final Set<PosixFilePermission> MODE =
            PosixFilePermissions.fromString("rw-r-----");

    private static final FileAttribute<?> FILE_MODE = PosixFilePermissions.asFileAttribute(MODE);

    private final Path folder;

    StagingFolder(Path root) throws IOException {
        this.folder = root.resolve(NAME);
        DurableFolders.create(folder);
    }

    /// A file that arrived whole.
    record Arrived(Path file, String sha256, long size) {}

    Arrived receive(InputStream bytes) throws IOException {
        Path file = newName();
        boolean arrived = false;
        try (FileChannel out =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        FILE_MODE)) {
            MessageDigest digest = Sha256.digest();
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            // Networks give a few kilobytes at a time; a full buffer saves most of the writes.
            for (int read; (read = bytes.readNBytes(buffer, 0, BUFFER)) > 0; size += read) {
                digest.update(buffer, 0, read);
                write(out, ByteBuffer.wrap(buffer, 0, read));
            }
            arrived = true;
            return new Arrived(file, Sha256.hex(digest), size);
        } catch (FileSystemException failure) {
            throw named(failure);
        } finally {
            if (!arrived) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Brings a finished file in: a second name of the same bytes, or a copy where that cannot be.
    Path share(Path file) throws IOException {
        Path shared = newName();
        Path real = file.toRealPath();
        try {
            Files.createLink(shared, real);
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (UnsupportedOperationException | FileSystemException noLink) {
            // Another disk, a file system without links, too many links, or a stranger's file.
            copy(real, shared);
        }
        try {
            Files.setPosixFilePermissions(shared, MODE);
        } catch (IOException failure) {
            Files.deleteIfExists(shared);
            throw failure;
        }
        return shared;
    }

    Arrived hash(Path staged) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (InputStream bytes = Files.newInputStream(staged)) {
            for (int read; (read = bytes.read(buffer)) >= 0; size += read) {
                digest.update(buffer, 0, read);
            }
        }
        return new Arrived(staged, Sha256.hex(digest), size);
    }

    /// Removes what has been lying here for so long that nobody is coming back for it.
    int sweep(Duration olderThan) throws IOException {
        Instant limit = Instant.now().minus(olderThan);
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (changedBy(file, limit) && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    IOException named(IOException failure) {
        return StorageFull.orOther(failure, folder);
    }

    private Path newName() {
        return folder.resolve(UUID.randomUUID().toString());
    }

    private void write(FileChannel out, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException failure) {
            throw named(failure);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to);
        } catch (IOException failure) {
            Files.deleteIfExists(to);
            throw named(failure);
        }
    }

    /// By the time of the inode's last change: a link made a moment ago keeps the old times of its
    /// content.
    private static boolean changedBy(Path file, Instant limit) throws IOException {
        try {
            FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
            return !changed.toInstant().isAfter(limit);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
