package dev.darkroom.storage;

import dev.darkroom.schema.FilePath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The folder of a repository, for reading what lies in it, whatever its name's bytes are.
///
/// A [BlobStore] keeps files of its own under names that it checks; here the names are a user's.
/// Nothing is ever made or written, not even a folder that is missing.
public final class RepositoryFolder {
    private final Path root;

    private RepositoryFolder(Path root) {
        this.root = root;
    }

    /// The folder at this place.
    ///
    /// @param path absolute, or a `file:` URI
    public static RepositoryFolder at(String path) {
        return new RepositoryFolder(
                path.startsWith("file:") ? Path.of(URI.create(path)) : Path.of(path));
    }

    public Path root() {
        return root;
    }

    /// Whether the folder is there; it is not when its disk is not mounted.
    public boolean isThere() {
        return Files.isDirectory(root);
    }

    /// The path of a file in this folder, by the exact bytes of its name. Its text may be unlike
    /// those bytes, so it is for opening, not for printing.
    public Path resolve(FilePath path) {
        return FilesInPlace.path(root, path);
    }

    /// The file, after checking that it is one, and that no symbolic link on the way leads out of
    /// this folder.
    ///
    /// @throws NoSuchFileException when there is none
    public Path locate(FilePath path) throws IOException {
        Path file = resolve(path);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(path.text(), null, "not in the folder " + root);
        }
        if (!file.toRealPath().startsWith(root.toRealPath())) {
            throw new IOException("a symbolic link leads out of the repository: " + path);
        }
        return file;
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
