package dev.darkroom.sync.folders.scan;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.FileStat;
import dev.darkroom.sync.files.IgnoreRules;
import dev.darkroom.sync.files.PathState;
import dev.darkroom.sync.files.TreeWalk;
import dev.darkroom.sync.files.WalkSummary;
import dev.darkroom.sync.folders.records.Counts;
import dev.darkroom.sync.folders.records.KnownFile;
import dev.darkroom.sync.folders.records.KnownFiles;
import dev.darkroom.sync.folders.records.RowChange;
import dev.darkroom.sync.folders.records.Seen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Compares single paths with their rows: what the watch has told about.
///
/// A path that is a folder, or was one, is compared as a folder, with everything below it.
final class PathComparison {
    private final DataSource dataSource;
    private final UUID repositoryId;
    private final TreeWalk tree;
    private final IgnoreRules rules;
    private final Work work;
    private final List<RowChange> changed = new ArrayList<>();
    private Counts scanned = Counts.NONE;

    PathComparison(
            DataSource dataSource, UUID repositoryId, TreeWalk tree, IgnoreRules rules, Work work) {
        this.dataSource = dataSource;
        this.repositoryId = repositoryId;
        this.tree = tree;
        this.rules = rules;
        this.work = work;
    }

    /// Compares.
    ///
    /// @return how many files were looked at
    Counts compare(Set<FilePath> paths) throws InterruptedException {
        Map<FilePath, KnownFile> rows = new HashMap<>();
        for (KnownFile row : work.records().at(texts(paths))) {
            rows.put(row.path(), row);
        }
        Map<FilePath, PathState> states = new HashMap<>();
        Set<FilePath> folders = new HashSet<>();
        for (FilePath path : paths) {
            PathState state = tree.look(path);
            states.put(path, state);
            if (state instanceof PathState.Folder) {
                folders.add(path);
            }
        }
        Set<FilePath> withoutRow = new HashSet<>(paths);
        withoutRow.removeAll(rows.keySet());
        work.records().withFilesBelow(texts(withoutRow)).forEach(p -> folders.add(new FilePath(p)));
        List<FilePath> outermost = outermost(folders);
        states.forEach(
                (path, state) -> {
                    if (outermost.stream().noneMatch(folder -> isBelow(path, folder))) {
                        path(path, state, rows.get(path));
                    }
                });
        for (FilePath folder : outermost) {
            compareFolder(folder);
        }
        if (!changed.isEmpty()) {
            work.outcome().change(changed, List.of());
        }
        return scanned;
    }

    private void path(FilePath path, PathState state, @Nullable KnownFile row) {
        switch (state) {
            case PathState.File(FileStat stat) -> file(path, stat, row);
            case PathState.Missing _, PathState.Other _, PathState.Folder _ -> missing(row);
            case PathState.Unreadable(String reason) ->
                    work.departures()
                            .unreadable(path.text().getBytes(StandardCharsets.UTF_8), reason);
        }
    }

    private void file(FilePath path, FileStat stat, @Nullable KnownFile row) {
        if (rules.ignores(path, false)) {
            missing(row);
            return;
        }
        scanned = scanned.plus(Counts.ofScanned(1, 0));
        Seen seen = new Seen(path, stat);
        if (row == null) {
            work.relocations().found(seen);
        } else if (!row.stat().sameFileAs(stat)) {
            work.relocations().replaced(seen);
        } else if (!row.stat().sameContentAs(stat)) {
            changed.add(new RowChange(row.fileId(), seen, true, null));
        }
    }

    private void missing(@Nullable KnownFile row) {
        if (row != null) {
            work.departures().missing(row.fileId());
        }
    }

    private void compareFolder(FilePath folder) throws InterruptedException {
        try (KnownFiles rows = new KnownFiles(dataSource, repositoryId, folder)) {
            Comparison comparison =
                    new Comparison(
                            rows, work.outcome(), work.relocations(), work.departures(), null);
            WalkSummary summary = tree.walk(folder, comparison);
            comparison.finish();
            scanned = scanned.plus(Counts.ofScanned(summary.files(), summary.unreadable()));
        }
    }

    /// Without those that lie in another of them.
    private static List<FilePath> outermost(Set<FilePath> folders) {
        List<FilePath> outermost = new ArrayList<>();
        for (FilePath folder :
                folders.stream().sorted((a, b) -> a.text().compareTo(b.text())).toList()) {
            if (outermost.stream().noneMatch(above -> isBelow(folder, above))) {
                outermost.add(folder);
            }
        }
        return outermost;
    }

    private static boolean isBelow(FilePath path, FilePath folder) {
        return path.text().startsWith(folder.text() + "/");
    }

    private static List<String> texts(Set<FilePath> paths) {
        return paths.stream().map(FilePath::text).toList();
    }
}
