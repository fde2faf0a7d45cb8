package dev.darkroom.sync.folders.scan;

import dev.darkroom.sync.folders.records.Counts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a scan would do.
///
/// @param counts of everything; the lists hold the first of each kind only
/// @param added paths
/// @param changed paths
/// @param moved paths, before and after
/// @param removed paths
/// @param held whether the removals would wait for somebody to confirm
/// @param message what an operator should know, or null
public record Plan(
        Counts counts,
        List<String> added,
        List<String> changed,
        List<Move> moved,
        List<String> removed,
        boolean held,
        @Nullable String message) {
    public Plan {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        moved = List.copyOf(moved);
        removed = List.copyOf(removed);
    }

    /// A file that lies somewhere else.
    public record Move(String from, String to) {}
}
