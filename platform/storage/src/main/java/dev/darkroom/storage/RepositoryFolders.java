package dev.darkroom.storage;

import dev.darkroom.schema.StorageUri;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Finds the file behind a `repo:` address, whether it is a blob of ours or a user's file in place.
///
/// Where a repository lies is asked for once in a few seconds: its owner may move it.
public final class RepositoryFolders {
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final Function<UUID, Optional<String>> paths;
    private final Map<UUID, Known> known = new ConcurrentHashMap<>();

    private record Known(RepositoryFolder folder, long until) {}

    /// @param paths looks up where a repository lies
    public RepositoryFolders(Function<UUID, Optional<String>> paths) {
        this.paths = paths;
    }

    /// The folder of a repository, or empty when there is no such repository.
    public Optional<RepositoryFolder> folder(UUID repositoryId) {
        long now = System.nanoTime();
        Known recent = known.get(repositoryId);
        if (recent != null && recent.until() - now > 0) {
            return Optional.of(recent.folder());
        }
        Optional<RepositoryFolder> found = paths.apply(repositoryId).map(RepositoryFolder::at);
        found.ifPresentOrElse(
                folder -> known.put(repositoryId, new Known(folder, now + KEPT.toNanos())),
                () -> known.remove(repositoryId));
        return found;
    }

    /// The file, for reading only: its owner may be a person, and may change or remove it any time.
    ///
    /// @throws RepositoryGone when the repository is not known, or its folder is not there
    /// @throws java.nio.file.NoSuchFileException when the repository has no such file
    public Path locate(StorageUri uri) throws IOException {
        UUID id = uri.repositoryId();
        RepositoryFolder folder =
                folder(id).orElseThrow(() -> new RepositoryGone("there is no repository " + id));
        if (!folder.isThere()) {
            throw new RepositoryGone(
                    "the folder of repository %s is not there: %s; is its disk mounted?"
                            .formatted(id, folder));
        }
        return folder.locate(uri.file());
    }
}
