package dev.darkroom.sync.files;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.Changes.Moved;
import dev.darkroom.sync.files.Changes.Unwatched;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Collects where something may have changed, until somebody takes it.
final class Dirt {
    /// With more than this, a walk of everything is cheaper than looking at each.
    private static final int MANY = 50_000;

    private final NavigableSet<String> folders = new TreeSet<>();
    private final NavigableSet<String> files = new TreeSet<>();
    private final NavigableSet<String> closed = new TreeSet<>();
    private final List<Moved> moved = new ArrayList<>();
    private final Map<String, String> unwatched = new LinkedHashMap<>();
    private @Nullable WatchLimitReached limit;
    private @Nullable String ended;
    private boolean everything;

    boolean isEmpty() {
        return !everything
                && folders.isEmpty()
                && files.isEmpty()
                && unwatched.isEmpty()
                && ended == null;
    }

    void everything() {
        everything = true;
        folders.clear();
        files.clear();
    }

    void folder(String path) {
        add(folders, path);
    }

    void file(String path) {
        add(files, path);
    }

    void closed(String path) {
        file(path);
        if (closed.size() < MANY && fits(path)) {
            closed.add(path);
        }
    }

    private void add(Set<String> paths, String path) {
        if (path.isEmpty()) {
            everything();
        } else if (!everything && fits(path)) {
            paths.add(path);
            if (paths.size() > MANY) {
                everything();
            }
        }
    }

    void moved(String from, String to, boolean folder) {
        if (moved.size() < MANY && fits(from) && fits(to)) {
            moved.add(new Moved(new FilePath(from), new FilePath(to), folder));
        }
    }

    void unwatched(String path, String reason) {
        if (fits(path)) {
            unwatched.put(path, reason);
        }
    }

    void limit(WatchLimitReached reached) {
        limit = reached;
    }

    void ended(String reason) {
        ended = reason;
    }

    Optional<String> end() {
        return Optional.ofNullable(ended);
    }

    /// Adds what came later.
    void add(Dirt later) {
        if (later.everything) {
            everything();
        }
        later.folders.forEach(this::folder);
        later.files.forEach(this::file);
        later.closed.forEach(this::closed);
        moved.addAll(later.moved);
        unwatched.putAll(later.unwatched);
        limit = later.limit == null ? limit : later.limit;
        ended = ended == null ? later.ended : ended;
    }

    Changes changes() {
        NavigableSet<String> topmost = new TreeSet<>();
        for (String folder : folders) {
            if (!isBelow(topmost, folder)) {
                topmost.add(folder);
            }
        }
        return new Changes(
                everything,
                paths(topmost),
                files.stream()
                        .filter(file -> !topmost.contains(file) && !isBelow(topmost, file))
                        .map(FilePath::new)
                        .collect(Collectors.toSet()),
                paths(closed),
                moved,
                unwatched.entrySet().stream()
                        .map(e -> new Unwatched(new FilePath(e.getKey()), e.getValue()))
                        .toList(),
                Optional.ofNullable(limit),
                Optional.ofNullable(ended));
    }

    private static Set<FilePath> paths(Set<String> texts) {
        return texts.stream().map(FilePath::new).collect(Collectors.toSet());
    }

    private static boolean isBelow(Set<String> folders, String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (folders.contains(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String path) {
        return path.length() <= FilePath.MAX_BYTES / 4
                || path.getBytes(StandardCharsets.UTF_8).length <= FilePath.MAX_BYTES;
    }
}
