package dev.darkroom.sync.folders.records;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A repository that is to be kept in step with its folder, and its settings.
///
/// @param root the folder
/// @param writable whether Darkroom may write into it, if only a marker
/// @param rescanInterval how often the whole folder is compared
/// @param fusePercent more than this share of the files must not vanish at once
/// @param paused why nothing is done, or null
public record WatchedRepository(
        UUID id,
        String name,
        Path root,
        boolean writable,
        List<String> ignorePatterns,
        Duration rescanInterval,
        int fusePercent,
        @Nullable String paused) {
    public WatchedRepository {
        ignorePatterns = List.copyOf(ignorePatterns);
    }

    /// Whether the folder is read in the same way under both settings.
    public boolean readsLike(WatchedRepository other) {
        return root.equals(other.root)
                && writable == other.writable
                && ignorePatterns.equals(other.ignorePatterns);
    }
}
