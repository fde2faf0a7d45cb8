package dev.darkroom.ingest.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Which folders may become repositories: those that ingest-service is allowed to read, and none
/// that is Darkroom's own.
class RepositoryFolders {
    private final List<Path> allowedRoots;
    private final List<Path> own;

    /// @param allowedRoots the folders that files may be read from, as for submissions
    /// @param own folders with Darkroom's own files
    RepositoryFolders(List<Path> allowedRoots, List<Path> own) {
        this.allowedRoots = List.copyOf(allowedRoots);
        this.own = List.copyOf(own);
    }

    /// The folder by its real path.
    ///
    /// @throws RepositoryRefused saying what is wrong with it
    Path check(String text) throws IOException {
        Path folder = real(text);
        if (!Files.isDirectory(folder)) {
            throw refused("not a folder: " + text);
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw refused("ingest-service may not read it: " + text);
        }
        if (!isIn(allowedRoots, folder)) {
            throw refused(
                    "it lies outside the folders that may be read; add it to"
                            + " darkroom.ingest.allowed-roots, or start with: ./darkroom up --allow "
                            + text);
        }
        for (Path one : own) {
            Path mine = Files.exists(one) ? one.toRealPath() : one.toAbsolutePath().normalize();
            if (mine.startsWith(folder) || folder.startsWith(mine)) {
                throw refused(
                        "Darkroom keeps its own files in %s; choose a folder beside it, or one below: %s"
                                .formatted(mine, text));
            }
        }
        return folder;
    }

    private static Path real(String text) throws IOException {
        try {
            Path path = Path.of(text);
            if (!path.isAbsolute()) {
                throw refused("a path from the root is needed: " + text);
            }
            Path real = path.toRealPath();
            if (!Path.of(real.toString()).equals(real)) {
                throw refused("the path's name is no text in UTF-8: " + text);
            }
            return real;
        } catch (InvalidPathException e) {
            throw refused("not a path: " + text);
        } catch (NoSuchFileException e) {
            throw refused("there is no such folder: " + text);
        }
    }

    private static boolean isIn(List<Path> roots, Path folder) throws IOException {
        for (Path root : roots) {
            if (Files.isDirectory(root) && folder.startsWith(root.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    private static RepositoryRefused refused(String why) {
        return RepositoryRefused.invalid("path", why);
    }
}
