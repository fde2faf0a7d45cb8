package dev.darkroom.sync.folders.scan;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.IgnoreRules;
import dev.darkroom.sync.files.PathState;
import dev.darkroom.sync.files.TreeWalk;
import dev.darkroom.sync.folders.records.FileRecords;
import dev.darkroom.sync.folders.records.KnownFile;
import dev.darkroom.sync.folders.records.RowChange;
import dev.darkroom.sync.folders.records.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What seems to be gone, and whether its row may go.
///
/// A row goes only if its path was looked at once more and led to nothing, no folder above it was
/// unreadable, what was mounted above it still is, and the root is the root it was. A file that
/// vanished while another of the same size appeared waits until that one was read: it may have
/// moved from another file system.
final class Departures {
    private static final int BATCH = 5_000;
    private static final int UNREADABLE_KEPT = 10_000;
    private static final int FOLDERS_NAMED = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FileRecords records;
    private final TreeWalk tree;
    private final IgnoreRules rules;
    private final ContentReader contents;
    private final Outcome outcome;
    private final Mounts mounts;
    private final LongList missing = new LongList();
    private final LongList gone = new LongList();
    private final Map<String, Integer> folders = new HashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private final List<List<RowChange>> replacing = new ArrayList<>();
    private final List<KnownFile> overwritten = new ArrayList<>();
    private final List<Seen> arriving = new ArrayList<>();
    private final Set<Long> moving = new HashSet<>();
    private @Nullable String firstReason;
    private long unreadables;
    private boolean undecided;

    Departures(
            FileRecords records,
            TreeWalk tree,
            IgnoreRules rules,
            ContentReader contents,
            Outcome outcome,
            Mounts mounts) {
        this.records = records;
        this.tree = tree;
        this.rules = rules;
        this.contents = contents;
        this.outcome = outcome;
        this.mounts = mounts;
    }

    void missing(long fileId) {
        missing.add(fileId);
    }

    /// Nothing may be concluded about this path, nor about what is below it.
    void unreadable(byte[] path, String reason) {
        String text = new String(path, StandardCharsets.UTF_8);
        if (firstReason == null) {
            firstReason = (text.isEmpty() ? "the folder itself" : text) + ": " + reason;
        }
        unreadables++;
        // Where so much cannot be read, nothing is concluded about anything.
        unreadable.add(unreadable.size() < UNREADABLE_KEPT ? text : "");
    }

    void mounted(String folder) {
        mounts.seen(folder);
    }

    /// Files that took the places of others, which are removed in the same moment or not at all.
    ///
    /// @param vacated new files where some of the first were
    void overwritten(List<RowChange> moves, List<KnownFile> files, List<Seen> vacated) {
        arriving.addAll(vacated);
        replacing.add(moves);
        moves.forEach(move -> moving.add(move.fileId()));
        files.forEach(file -> moving.add(file.fileId()));
        overwritten.addAll(files);
    }

    /// Whether this path lies where nothing can be concluded.
    boolean isUncertain(FilePath path) {
        return isUnreadable(path.text()) || mounts.isLost(path);
    }

    private boolean isUnreadable(String path) {
        if (unreadable.isEmpty()) {
            return false;
        }
        if (unreadable.contains("") || unreadable.contains(path)) {
            return true;
        }
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (unreadable.contains(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    /// What could not be read, the first of it with its reason, or null.
    @Nullable String unreadableSummary() {
        if (firstReason == null) {
            return null;
        }
        String rest = unreadables > 1 ? " (and " + (unreadables - 1) + " more)" : "";
        return "unreadable: " + firstReason + rest + "; nothing below was removed";
    }

    long unreadableCount() {
        return unreadables;
    }

    /// Whether something could not be decided yet, so that another look soon is worth it.
    boolean isUndecided() {
        return undecided;
    }

    long size() {
        return (long) gone.size() + overwritten.size();
    }

    /// Looks again at everything that is missing, and follows what moved from elsewhere.
    void verify() throws InterruptedException {
        for (int from = 0; from < missing.size(); from += BATCH) {
            List<KnownFile> batch = stillGone(missing.slice(from, BATCH));
            List<KnownFile> left = follow(batch);
            for (KnownFile file : left) {
                gone.add(file.fileId());
                folders.merge(folder(file.path()), 1, Integer::sum);
            }
        }
        overwritten.forEach(file -> folders.merge(folder(file.path()), 1, Integer::sum));
    }

    /// Removes the rows.
    ///
    /// @param rootIsThere asked before each batch
    /// @return false if the root was lost meanwhile, and the rest was left
    boolean remove(Supplier<Boolean> rootIsThere) {
        for (int from = 0; from < gone.size(); from += BATCH) {
            List<KnownFile> batch = stillGone(gone.slice(from, BATCH));
            if (!rootIsThere.get()) {
                return false;
            }
            if (!batch.isEmpty()) {
                outcome.remove(batch);
            }
        }
        if (!overwritten.isEmpty()) {
            if (!rootIsThere.get()) {
                return false;
            }
            outcome.change(
                    replacing.stream().flatMap(List::stream).toList(), List.copyOf(overwritten));
            if (!arriving.isEmpty()) {
                outcome.add(arriving);
            }
        }
        return true;
    }

    /// Leaves the rows to somebody who confirms.
    void hold() {
        for (int from = 0; from < gone.size(); from += BATCH) {
            outcome.hold(stillGone(gone.slice(from, BATCH)));
        }
        if (!overwritten.isEmpty()) {
            outcome.hold(overwritten);
        }
    }

    /// Where most of it was.
    String folders() {
        String named =
                folders.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Integer>comparingByValue(
                                                Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(FOLDERS_NAMED)
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                        .collect(Collectors.joining(", "));
        return folders.size() > FOLDERS_NAMED
                ? named + " and " + (folders.size() - FOLDERS_NAMED) + " more folders"
                : named;
    }

    private List<KnownFile> stillGone(long[] ids) {
        return records.withIds(ids, outcome.generation()).stream()
                .filter(file -> !outcome.isSpokenFor(file.fileId()))
                .filter(file -> !moving.contains(file.fileId()))
                .filter(file -> !isUncertain(file.path()))
                .filter(this::isGone)
                .toList();
    }

    private boolean isGone(KnownFile file) {
        return switch (tree.look(file.path())) {
            case PathState.Missing _, PathState.Other _, PathState.Folder _ -> true;
            case PathState.File _ -> rules.ignores(file.path(), false);
            case PathState.Unreadable _ -> false;
        };
    }

    /// Reads the new files that might be the vanished ones.
    ///
    /// @return those that are gone for good
    private List<KnownFile> follow(List<KnownFile> vanished) throws InterruptedException {
        long[] sizes =
                vanished.stream()
                        .filter(file -> file.contentHash() != null)
                        .mapToLong(file -> file.stat().size())
                        .distinct()
                        .toArray();
        List<KnownFile> candidates = sizes.length == 0 ? List.of() : records.newWithSizes(sizes);
        if (candidates.isEmpty()) {
            return vanished;
        }
        Map<KnownFile, String> hashes = new LinkedHashMap<>();
        Map<String, List<Seen>> unused = new HashMap<>();
        Map<FilePath, KnownFile> fresh = new HashMap<>();
        Set<Long> unknownSizes = new TreeSet<>();
        for (KnownFile candidate : candidates) {
            if (readSettled(candidate.path()) instanceof ContentReader.Content.Read read) {
                String hash = read.sha256().contentHash();
                hashes.put(candidate, hash);
                fresh.put(candidate.path(), candidate);
                unused.computeIfAbsent(hash, _ -> new ArrayList<>())
                        .add(new Seen(candidate.path(), read.stat()));
            } else {
                unknownSizes.add(candidate.stat().size());
            }
        }
        Map<KnownFile, RowChange> moves = new LinkedHashMap<>();
        List<KnownFile> left = new ArrayList<>();
        for (KnownFile file : vanished) {
            List<Seen> same = unused.getOrDefault(String.valueOf(file.contentHash()), List.of());
            if (!same.isEmpty()) {
                Seen seen = takeBest(same, file);
                moves.put(
                        Objects.requireNonNull(fresh.get(seen.path())),
                        new RowChange(file.fileId(), seen, false, file.path()));
            } else if (unknownSizes.contains(file.stat().size()) && file.contentHash() != null) {
                undecided = true;
            } else {
                left.add(file);
            }
        }
        outcome.adopt(moves, hashes);
        return left;
    }

    /// The one with the same name, if there are several copies.
    private static Seen takeBest(List<Seen> same, KnownFile file) {
        for (int i = 0; i < same.size(); i++) {
            if (same.get(i).path().fileName().equals(file.path().fileName())) {
                return same.remove(i);
            }
        }
        return same.removeFirst();
    }

    private ContentReader.Content readSettled(FilePath path) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            ContentReader.Content content = contents.read(path);
            if (!(content instanceof ContentReader.Content.Unsettled unsettled)
                    || System.nanoTime() + unsettled.quietIn().toNanos() > deadline) {
                return content;
            }
            LockSupport.parkNanos(unsettled.quietIn().toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("while a file settles");
            }
        }
    }

    private static String folder(FilePath path) {
        int slash = path.text().lastIndexOf('/');
        return slash < 0 ? "." : path.text().substring(0, slash);
    }
}
