package dev.darkroom.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Makes folders that outlive a power cut: the name of a folder is durable only once the folder
/// above it was flushed.
///
/// It remembers which folders are durable. A folder that another thread has just made counts as not
/// yet durable until this, or that, thread has flushed its parent.
final class DurableFolders {
    /// Our group may read: a decoder runs as a user of its own.
    private static final FileAttribute<?> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));

    private static final int MAX_REMEMBERED = 100_000;

    private final Path root;
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    /// @param root a durable folder; everything made here lies below it
    DurableFolders(Path root) {
        this.root = root;
    }

    void make(Path folder) throws IOException {
        if (folder.equals(root) || (durable.contains(folder) && Files.isDirectory(folder))) {
            return;
        }
        Path parent = parentOf(folder);
        make(parent);
        create(folder);
        flush(parent);
        if (durable.size() >= MAX_REMEMBERED) {
            durable.clear();
        }
        durable.add(folder);
    }

    /// Makes the names in a folder durable.
    static void flush(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Path parentOf(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("has no folder above it: " + path);
        }
        return parent;
    }

    static void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, FOLDER_MODE);
        } catch (FileAlreadyExistsException exists) {
            if (!Files.isDirectory(folder)) {
                throw exists;
            }
        }
    }
}
