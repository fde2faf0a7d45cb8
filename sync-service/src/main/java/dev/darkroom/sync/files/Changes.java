package dev.darkroom.sync.files;

import dev.darkroom.schema.FilePath;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a folder tree may have changed since the last of these. It says where to look, not what
/// happened: whatever is named here may also be as it was.
///
/// @param everything something was missed (the system's queue overflowed): look at the whole tree
/// @param folders each may be new, changed, moved or gone with everything below it: walk it
/// @param files each may be new, changed, moved or gone: look at it. None is in one of `folders`
/// @param closed files that a program has just closed after writing; a hint that they are complete
/// @param moved hints, from what to what; only moves within the tree
/// @param unwatched folders (with everything below them) that are not watched, as far as that is
///   news: these have to be scanned from time to time
/// @param limit set if the reason is that the system allows no more watches
/// @param ended set if the watch is over, with the reason: the root is gone or was unmounted. No
///   deletion may be concluded from this
public record Changes(
        boolean everything,
        Set<FilePath> folders,
        Set<FilePath> files,
        Set<FilePath> closed,
        List<Moved> moved,
        List<Unwatched> unwatched,
        Optional<WatchLimitReached> limit,
        Optional<String> ended) {
    public Changes {
        folders = Set.copyOf(folders);
        files = Set.copyOf(files);
        closed = Set.copyOf(closed);
        moved = List.copyOf(moved);
        unwatched = List.copyOf(unwatched);
    }

    /// Something was called `from` and is called `to` now.
    public record Moved(FilePath from, FilePath to, boolean folder) {}

    /// A folder that is not watched, nor anything below it.
    public record Unwatched(FilePath folder, String reason) {}
}
