package dev.darkroom.sync.folders.scan;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.FileStat;
import dev.darkroom.sync.files.PathState;
import dev.darkroom.sync.files.TreeWalk;
import dev.darkroom.sync.folders.records.FileRecords;
import dev.darkroom.sync.folders.records.KnownFile;
import dev.darkroom.sync.folders.records.RowChange;
import dev.darkroom.sync.folders.records.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out which files that stand somewhere new are old ones: a file keeps its number when it
/// moves.
///
/// An old file is recognised by device, inode, size and modification time together, and only when
/// its old path does not lead to it any more; else both are names of one file (hard links), which
/// are two files here. Whoever was never told about (version 0) has no identity to keep.
///
/// A new path can be settled at once. A path under which another inode lies now than before waits
/// until the walk has seen everything: its old file may stand elsewhere, the new one may come from
/// elsewhere, and in a circle of renames all of them do.
final class Relocations implements AutoCloseable {
    private static final int BATCH = 5_000;

    private final FileRecords records;
    private final TreeWalk tree;
    private final Departures departures;
    private final Outcome outcome;
    private final List<Seen> found = new ArrayList<>();
    private final Spill replaced = new Spill();

    Relocations(FileRecords records, TreeWalk tree, Departures departures, Outcome outcome) {
        this.records = records;
        this.tree = tree;
        this.departures = departures;
        this.outcome = outcome;
    }

    /// A file where there was none.
    void found(Seen seen) {
        found.add(seen);
        if (found.size() == BATCH) {
            flushFound();
        }
    }

    /// A file where another inode was.
    void replaced(Seen seen) {
        replaced.add(seen);
    }

    /// Settles what had to wait.
    void finish() {
        flushFound();
        replaced.drain(this::settle);
        flushFound();
    }

    private void flushFound() {
        if (found.isEmpty()) {
            return;
        }
        Candidates candidates = new Candidates(found);
        List<Seen> fresh = new ArrayList<>();
        List<RowChange> moves = new ArrayList<>();
        for (Seen seen : found) {
            KnownFile old = candidates.take(seen);
            if (old == null) {
                fresh.add(seen);
            } else {
                moves.add(new RowChange(old.fileId(), seen, false, old.path()));
            }
        }
        found.clear();
        if (!moves.isEmpty()) {
            outcome.change(moves, List.of());
        }
        if (!fresh.isEmpty()) {
            outcome.add(fresh);
        }
    }

    /// Every path here has a row, unless that row's file was found elsewhere meanwhile.
    private void settle(List<Seen> batch) {
        Map<FilePath, KnownFile> rows = rowsAt(batch);
        Candidates candidates = new Candidates(batch);
        Map<Long, RowChange> moves = new LinkedHashMap<>();
        Map<FilePath, Seen> unmoved = new LinkedHashMap<>();
        for (Seen seen : batch) {
            KnownFile row = rows.get(seen.path());
            if (row != null && row.stat().sameFileAs(seen.stat())) {
                continue; // a later operation has seen it already
            }
            KnownFile old = candidates.take(seen);
            if (old == null) {
                unmoved.put(seen.path(), seen);
            } else {
                moves.put(old.fileId(), new RowChange(old.fileId(), seen, false, old.path()));
            }
        }
        List<KnownFile> overwritten = new ArrayList<>();
        Set<FilePath> targets = new HashSet<>();
        moves.values().forEach(move -> targets.add(move.seen().path()));
        for (RowChange move : List.copyOf(moves.values())) {
            KnownFile displaced = rows.get(move.seen().path());
            if (displaced != null && !moves.containsKey(displaced.fileId())) {
                RowChange trade = trade(displaced, move);
                // Of several hard links only one goes there.
                if (trade == null || !targets.add(trade.seen().path())) {
                    overwritten.add(displaced);
                } else {
                    moves.put(displaced.fileId(), trade);
                }
            }
        }
        List<RowChange> changes = new ArrayList<>();
        List<Seen> vacated = new ArrayList<>();
        for (Seen seen : unmoved.values()) {
            KnownFile row = rows.get(seen.path());
            if (row == null) {
                found.add(seen);
            } else if (moves.containsKey(row.fileId())) {
                vacated.add(seen);
            } else {
                changes.add(new RowChange(row.fileId(), seen, true, null));
            }
        }
        if (!changes.isEmpty()) {
            outcome.change(changes, List.of());
        }
        if (!overwritten.isEmpty()) {
            departures.overwritten(List.copyOf(moves.values()), overwritten, vacated);
        } else if (!moves.isEmpty()) {
            outcome.change(List.copyOf(moves.values()), List.of());
            found.addAll(vacated);
        }
    }

    /// Two files that changed places, one of which this batch does not hold.
    private @Nullable RowChange trade(KnownFile displaced, RowChange move) {
        FilePath from = move.from();
        return from != null
                        && tree.look(from) instanceof PathState.File(FileStat stat)
                        && displaced.isSameFileAs(stat)
                ? new RowChange(displaced.fileId(), new Seen(from, stat), false, displaced.path())
                : null;
    }

    private Map<FilePath, KnownFile> rowsAt(List<Seen> batch) {
        Map<FilePath, KnownFile> rows = new HashMap<>();
        for (KnownFile row : records.at(batch.stream().map(seen -> seen.path().text()).toList())) {
            if (!outcome.isSpokenFor(row.fileId())) {
                rows.put(row.path(), row);
            }
        }
        return rows;
    }

    @Override
    public void close() {
        replaced.close();
    }

    /// The rows whose inodes these files have.
    private final class Candidates {
        private final Map<Long, List<KnownFile>> byInode = new HashMap<>();
        private final Set<Long> taken = new HashSet<>();

        Candidates(List<Seen> files) {
            long[] inodes = files.stream().mapToLong(seen -> seen.stat().inode()).toArray();
            for (KnownFile row : records.withInodes(inodes)) {
                byInode.computeIfAbsent(row.stat().inode(), _ -> new ArrayList<>()).add(row);
            }
        }

        /// The file that stands here now and stood elsewhere before.
        @Nullable KnownFile take(Seen seen) {
            for (KnownFile row : byInode.getOrDefault(seen.stat().inode(), List.of())) {
                if (row.isSameFileAs(seen.stat())
                        && !row.path().equals(seen.path())
                        && row.generation() <= outcome.generation()
                        && !outcome.isSpokenFor(row.fileId())
                        && hasLeft(row)
                        && taken.add(row.fileId())) {
                    return row;
                }
            }
            return null;
        }

        private boolean hasLeft(KnownFile row) {
            return !departures.isUncertain(row.path())
                    && switch (tree.look(row.path())) {
                        case PathState.File(FileStat stat) -> !stat.sameFileAs(row.stat());
                        case PathState.Missing _, PathState.Other _, PathState.Folder _ -> true;
                        case PathState.Unreadable _ -> false;
                    };
        }
    }
}
