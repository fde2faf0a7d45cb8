package dev.darkroom.sync.folders.scan;

/// Stops an operation from removing more than a share of a repository's files.
///
/// Whatever was removed by watched changes in the last while counts too: a folder that is deleted
/// arrives in many small batches. Fewer than ten files never trip it, so that a small repository
/// can be tidied.
///
/// @param percent the share that may vanish at once
public record DeleteFuse(int percent) {
    static final long FLOOR = 10;

    public DeleteFuse {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("percent must be 0 to 100: " + percent);
        }
    }

    /// Whether so many removals must wait for somebody to confirm.
    ///
    /// @param vanished files that are gone now
    /// @param recently files removed in the last while
    /// @param known rows of the repository before
    boolean trips(long vanished, long recently, long known) {
        long gone = vanished + recently;
        return vanished > 0 && gone >= FLOOR && gone * 100 > (known + recently) * percent;
    }
}
