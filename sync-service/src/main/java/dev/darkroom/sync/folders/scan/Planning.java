package dev.darkroom.sync.folders.scan;

import dev.darkroom.sync.folders.records.Counts;
import dev.darkroom.sync.folders.records.KnownFile;
import dev.darkroom.sync.folders.records.NewFiles;
import dev.darkroom.sync.folders.records.RowChange;
import dev.darkroom.sync.folders.records.Seen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists what would be done, and does nothing.
final class Planning implements Outcome {
    private static final int LISTED = 1_000;

    private final List<String> added = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final List<Plan.Move> moved = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private final Set<Long> spokenFor = new HashSet<>();
    private Counts counts = Counts.NONE;

    @Override
    public long generation() {
        return Long.MAX_VALUE;
    }

    @Override
    public void addFirst(NewFiles files) {
        throw new IllegalStateException("a plan needs the paths of new files");
    }

    @Override
    public void add(List<Seen> files) {
        files.forEach(file -> list(added, file.path().text()));
        counts = counts.plus(Counts.ofAdded(files.size()));
    }

    @Override
    public void change(List<RowChange> changes, List<KnownFile> overwritten) {
        for (RowChange change : changes) {
            String path = change.seen().path().text();
            if (change.from() == null) {
                list(changed, path);
                counts = counts.plus(Counts.ofChanged(1, 0));
            } else {
                list(moved, new Plan.Move(change.from().text(), path));
                counts = counts.plus(Counts.ofChanged(0, 1));
            }
            spokenFor.add(change.fileId());
        }
        remove(overwritten);
    }

    @Override
    public void remove(List<KnownFile> files) {
        files.forEach(file -> list(removed, file.path().text()));
        counts = counts.plus(Counts.ofRemoved(files.size()));
    }

    @Override
    public void hold(List<KnownFile> files) {
        files.forEach(file -> list(removed, file.path().text()));
        counts = counts.plus(Counts.ofHeld(files.size()));
    }

    @Override
    public void adopt(Map<KnownFile, RowChange> moves, Map<KnownFile, String> hashes) {
        change(List.copyOf(moves.values()), List.of());
    }

    @Override
    public boolean isSpokenFor(long fileId) {
        return spokenFor.contains(fileId);
    }

    Plan plan(Counts scanned, boolean held, @Nullable String message) {
        return new Plan(counts.plus(scanned), added, changed, moved, removed, held, message);
    }

    private static <T> void list(List<T> list, T item) {
        if (list.size() < LISTED) {
            list.add(item);
        }
    }
}
