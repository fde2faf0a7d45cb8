package dev.darkroom.ingest.upload;

import dev.darkroom.storage.BlobStore;
import dev.darkroom.storage.FolderBlobStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The folder in which this process keeps uploads that are under way. It is locked while it is
/// open, so two processes never work on the same uploads.
///
/// Small records are kept in [#records], each replaced atomically; the bytes of partial uploads are
/// plain files in [#parts].
public final class UploadWorkspace implements AutoCloseable {
    private final BlobStore records;
    private final Path parts;
    private final FileChannel lock;

    private UploadWorkspace(BlobStore records, Path parts, FileChannel lock) {
        this.records = records;
        this.parts = parts;
        this.lock = lock;
    }

    /// Opens the folder, made when it is missing.
    ///
    /// @throws IllegalStateException when another process has it open
    public static UploadWorkspace open(Path folder) throws IOException {
        Path parts = Files.createDirectories(folder.resolve("parts"));
        Files.setPosixFilePermissions(parts, PosixFilePermissions.fromString("rwx------"));
        FileChannel lock = lock(folder.resolve("lock"));
        return new UploadWorkspace(FolderBlobStore.open(folder.resolve("records")), parts, lock);
    }

    /// What is known of uploads under way.
    public BlobStore records() {
        return records;
    }

    /// The folder with the bytes of partial uploads.
    public Path parts() {
        return parts;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new IllegalStateException(
                    "another process keeps its uploads in "
                            + file.getParent()
                            + ": stop it, or set darkroom.upload.folder to a folder of its own");
        }
        return channel;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            @Nullable Object lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException samePocess) {
            return false;
        }
    }
}
