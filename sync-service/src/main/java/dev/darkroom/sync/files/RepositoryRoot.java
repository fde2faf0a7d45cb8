package dev.darkroom.sync.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/// The folder of a repository, and the marker file in it that says whose it is.
///
/// A disk that is not mounted leaves an empty folder at its place, or an older one. The marker
/// tells: where it was once and is missing now, another folder is seen than before. A repository
/// that Darkroom may not write into has no marker; there the caller keeps the `RootIdentity`, and a
/// root with another device and inode counts as not mounted. Device numbers of removable disks and
/// network file systems may change from mount to mount; then somebody has to confirm the folder.
public final class RepositoryRoot {
    /// The marker's name. It is ignored by every walk.
    public static final String MARKER = ".darkroom-repository";

    private static final int LONGEST_MARKER = 1_000;
    private static final String KEY = "repository-id: ";

    private final Path root;

    public RepositoryRoot(Path root) {
        this.root = root;
    }

    /// Looks.
    ///
    /// @param expected the repository that should be here
    /// @param marked whether it has been marked at some time
    /// @param remembered what was kept of a root that could not be marked
    public RootState state(UUID expected, boolean marked, Optional<RootIdentity> remembered) {
        try {
            RootIdentity identity = identity();
            Optional<UUID> found = marker();
            if (found.isPresent()) {
                return found.get().equals(expected)
                        ? present(identity, true)
                        : new RootState.OtherRepository(found.get());
            }
            if (marked) {
                return new RootState.Unmounted(
                        "its marker %s is missing; if the folder is the right one, write it again"
                                .formatted(root.resolve(MARKER)));
            }
            if (remembered.isPresent() && !isSame(remembered.get(), identity)) {
                return new RootState.Unmounted(
                        "another folder than before is at %s: %s, it was %s"
                                .formatted(root, identity, remembered.get()));
            }
            return remembered.isPresent() ? present(identity, false) : new RootState.New(identity);
        } catch (NoSuchFileException | NotDirectoryException _) {
            return new RootState.Unmounted("there is no folder " + root);
        } catch (IOException failure) {
            return new RootState.Unreadable(
                    "%s cannot be read: %s".formatted(root, Walker.reason(failure)));
        }
    }

    /// Which folder it is.
    public RootIdentity identity() throws IOException {
        try (Arena arena = Arena.ofConfined();
                OpenFolder folder =
                        Libc.isAvailable()
                                ? LinuxFolder.root(new LinuxFolder.Memory(arena), root)
                                : NioFolder.root(root)) {
            return new RootIdentity(folder.device(), folder.inode(), folder.isMountPoint());
        } catch (OpenFolder.NotAFolder notAFolder) {
            NotDirectoryException named = new NotDirectoryException(root.toString());
            named.initCause(notAFolder);
            throw named;
        }
    }

    /// The repository that the marker names, if there is one.
    ///
    /// @throws IOException if there is a marker that cannot be read or understood
    public Optional<UUID> marker() throws IOException {
        Path marker = root.resolve(MARKER);
        String text;
        try {
            if (Files.size(marker) > LONGEST_MARKER) {
                throw new IOException("this is no marker of a repository: " + marker);
            }
            text = Files.readString(marker);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        for (String line : text.lines().toList()) {
            if (line.startsWith(KEY)) {
                try {
                    return Optional.of(UUID.fromString(line.substring(KEY.length()).trim()));
                } catch (IllegalArgumentException e) {
                    throw new IOException("the marker names no repository: " + marker, e);
                }
            }
        }
        throw new IOException("the marker names no repository: " + marker);
    }

    /// Marks the folder as this repository's, if it is not marked yet.
    ///
    /// @throws IOException if it cannot be written; remember the `identity` instead
    /// @throws FileAlreadyExistsException if it is marked as another's
    public void mark(UUID repositoryId) throws IOException {
        Optional<UUID> found = marker();
        if (found.isPresent()) {
            if (!found.get().equals(repositoryId)) {
                throw new FileAlreadyExistsException(
                        root.resolve(MARKER).toString(), null, "marks repository " + found.get());
            }
            return;
        }
        String text =
                """
                # Darkroom knows this folder by this file. Without it, the folder counts as not mounted.
                %s%s
                """
                        .formatted(KEY, repositoryId);
        Path draft = root.resolve(MARKER + "." + UUID.randomUUID());
        try {
            Files.writeString(
                    draft,
                    text,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            move(draft);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void move(Path draft) throws IOException {
        try {
            Files.move(draft, root.resolve(MARKER), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(draft, root.resolve(MARKER));
        }
    }

    /// A root that is empty is told apart, marked or not: it is the last moment to ask somebody.
    private RootState present(RootIdentity identity, boolean marked) throws IOException {
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(
                        root, entry -> !entry.getFileName().toString().startsWith(MARKER))) {
            return entries.iterator().hasNext()
                    ? new RootState.Present(identity, marked)
                    : new RootState.Empty(
                            "there is nothing in %s; if that is right, confirm it".formatted(root));
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
    }

    private static boolean isSame(RootIdentity one, RootIdentity other) {
        return one.device() == other.device() && one.inode() == other.inode();
    }
}
