package dev.darkroom.sync.folders.records;

/// What an operation has seen and done so far.
///
/// @param scanned files looked at
/// @param unreadable folders, and files, that could not be looked at
/// @param held rows whose removal waits for somebody to confirm
public record Counts(
        long scanned,
        long added,
        long updated,
        long removed,
        long moved,
        long held,
        long unreadable) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    /// Both together.
    public Counts plus(Counts more) {
        return new Counts(
                scanned + more.scanned,
                added + more.added,
                updated + more.updated,
                removed + more.removed,
                moved + more.moved,
                held + more.held,
                unreadable + more.unreadable);
    }

    public static Counts ofScanned(long scanned, long unreadable) {
        return new Counts(scanned, 0, 0, 0, 0, 0, unreadable);
    }

    public static Counts ofAdded(long added) {
        return new Counts(0, added, 0, 0, 0, 0, 0);
    }

    public static Counts ofChanged(long updated, long moved) {
        return new Counts(0, 0, updated, 0, moved, 0, 0);
    }

    public static Counts ofRemoved(long removed) {
        return new Counts(0, 0, 0, removed, 0, 0, 0);
    }

    public static Counts ofHeld(long held) {
        return new Counts(0, 0, 0, 0, 0, held, 0);
    }

    /// Whether any row was written, or should have been.
    public boolean hasChanges() {
        return added + updated + removed + moved + held > 0;
    }
}
