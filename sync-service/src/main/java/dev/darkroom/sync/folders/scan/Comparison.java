package dev.darkroom.sync.folders.scan;

import dev.darkroom.sync.files.FileStat;
import dev.darkroom.sync.files.TreeVisitor;
import dev.darkroom.sync.files.WalkedPath;
import dev.darkroom.sync.folders.records.KnownFiles;
import dev.darkroom.sync.folders.records.NewFiles;
import dev.darkroom.sync.folders.records.RowChange;
import dev.darkroom.sync.folders.records.Seen;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Merges a walk with the rows of the same folder: both come in the order of the paths' bytes, so
/// one look at each tells what is new, what has changed and what is missing.
///
/// A file that did not change leaves nothing behind, neither an object nor a write: that is what
/// makes a rescan of a million files cheap.
final class Comparison implements TreeVisitor {
    private static final int BATCH = 5_000;

    private final KnownFiles rows;
    private final Outcome outcome;
    private final Relocations relocations;
    private final Departures departures;
    private final @Nullable NewFiles first;
    private final List<RowChange> changed = new ArrayList<>();
    private boolean hasRow;
    private byte[] rowPath = {};

    /// @param first if nothing was known before: then a new file can be no old one
    Comparison(
            KnownFiles rows,
            Outcome outcome,
            Relocations relocations,
            Departures departures,
            @Nullable NewFiles first)
            throws InterruptedException {
        this.rows = rows;
        this.outcome = outcome;
        this.relocations = relocations;
        this.departures = departures;
        this.first = first;
        advance();
    }

    @Override
    public boolean file(WalkedPath path, FileStat stat) throws InterruptedException {
        int order = -1;
        while (hasRow && (order = path.compareTo(rowPath)) > 0) {
            departures.missing(rows.fileId());
            advance();
        }
        if (!hasRow || order < 0) {
            found(path, stat);
            return true;
        }
        if (!rows.isUnchanged(stat)) {
            differs(new Seen(path.toFilePath(), stat));
        }
        advance();
        return true;
    }

    @Override
    public void unreadable(WalkedPath path, String reason) {
        departures.unreadable(path.copy(), reason);
    }

    @Override
    public void mountPoint(WalkedPath folder, long device) {
        departures.mounted(folder.text());
    }

    /// Takes the rows behind the last file, and writes what is left.
    void finish() throws InterruptedException {
        while (hasRow) {
            departures.missing(rows.fileId());
            advance();
        }
        flushChanged();
        if (first != null) {
            outcome.addFirst(first);
        }
    }

    private void found(WalkedPath path, FileStat stat) {
        if (first == null) {
            relocations.found(new Seen(path.toFilePath(), stat));
        } else {
            first.add(path, stat, outcome.generation());
            if (first.isFull()) {
                outcome.addFirst(first);
            }
        }
    }

    private void differs(Seen seen) {
        if (rows.isSameButForDevice(seen.stat())) {
            changed.add(new RowChange(rows.fileId(), seen, false, null));
        } else if (rows.isSameInode(seen.stat())) {
            changed.add(new RowChange(rows.fileId(), seen, true, null));
        } else {
            relocations.replaced(seen);
        }
        if (changed.size() == BATCH) {
            flushChanged();
        }
    }

    private void flushChanged() {
        if (!changed.isEmpty()) {
            outcome.change(changed, List.of());
            changed.clear();
        }
    }

    private void advance() throws InterruptedException {
        hasRow = rows.next();
        if (hasRow) {
            rowPath = rows.path();
        }
    }
}
