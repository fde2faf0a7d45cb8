package dev.darkroom.sync.folders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.sync.folders.records.OperationType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random changes to a tree between scans and watched batches, some of which are killed: in the end
/// the rows are the tree, and every file that was told about has kept its number.
///
/// Files and folders are closed for a while: whoever scans may not read them then.
///
/// `-Ddarkroom.model.steps` and `-Ddarkroom.model.seed` make it longer and different.
class ModelIT {
    private static final String[] FOLDERS = {"", "a/", "b/", "b/c/", "d e/"};

    @TempDir Path folder;
    private final Random random = new Random(Long.getLong("darkroom.model.seed", 20_261_121L));
    private final List<String> touched = new ArrayList<>();
    private int names;

    /// Each live file by its inode: the number that it was given.
    private final Map<Object, Long> numbers = new HashMap<>();

    /// Since somebody looked last. A file that was both written and moved is known as another.
    private final Set<Object> written = new HashSet<>();

    private final Set<Object> moved = new HashSet<>();

    /// What whoever scans may not read now.
    private final NavigableSet<Path> closed = new TreeSet<>();

    private int killed;

    @Test
    void theRowsAreTheTreeAndEveryFileKeepsItsNumber() throws Exception {
        try (Stage stage =
                new Stage(
                        MigratedDatabase.create(),
                        Files.createDirectory(folder.resolve("photos")))) {
            stage.with("delete_fuse_percent = 100");
            Files.createDirectory(stage.root.resolve("keep"));
            int steps = Integer.getInteger("darkroom.model.steps", 40);
            for (int step = 0; step < steps; step++) {
                change(stage);
                if (random.nextInt(6) == 0) {
                    kill(stage);
                }
                if (random.nextInt(3) == 0) {
                    Set<String> paths = Set.copyOf(touched);
                    look(
                            stage,
                            () -> {
                                stage.batch(paths.toArray(String[]::new));
                                stage.hash();
                            });
                    remember(stage, step);
                } else if (random.nextInt(3) == 0) {
                    look(stage, stage::sync);
                    remember(stage, step);
                }
                assertNoFileLostItsRow(stage, step);
            }
            closed.clear();
            stage.sync();
            remember(stage, steps);
            assertThat(stage.sync().counts().hasChanges()).isFalse();
            assertThat(stage.files().keySet()).isEqualTo(files(stage).keySet());
            assertThat(killed).as("operations that were killed").isPositive();
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    /// Looks at the tree as somebody who may not read what is closed.
    private void look(Stage stage, Step step) throws Exception {
        closed.removeIf(path -> !Files.exists(path));
        expectNothingOfHiddenMoves(stage);
        for (Path path : closed.descendingSet()) {
            permit(path, "---------");
        }
        try {
            OtherUser.takes(
                    stage.root,
                    () -> {
                        step.run();
                        return true;
                    });
        } finally {
            for (Path path : closed) {
                permit(path, Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--");
            }
        }
        touched.clear();
    }

    /// Nothing is concluded about what is below a closed folder, so a file that went there, or came
    /// from there, is another one.
    private void expectNothingOfHiddenMoves(Stage stage) throws IOException {
        Map<Long, String> rows = new HashMap<>();
        stage.files().forEach((path, number) -> rows.put(number, path));
        for (Map.Entry<String, Object> file : files(stage).entrySet()) {
            String row = rows.get(numbers.get(file.getValue()));
            String path = file.getKey();
            if (row != null
                    && !row.equals(path)
                    && (isHidden(stage, row) || isHidden(stage, path))) {
                numbers.remove(file.getValue());
            }
        }
    }

    private boolean isHidden(Stage stage, String path) {
        Path file = stage.root.resolve(path);
        return closed.stream().anyMatch(one -> !one.equals(file) && file.startsWith(one));
    }

    /// Begins a scan that is killed between two of its transactions, as by `kill -9`: what it has
    /// committed stays, and the next holder of the lease goes on from there.
    private void kill(Stage stage) throws Exception {
        MortalPool mortal = new MortalPool(stage.pool, 2 + random.nextInt(8));
        List<String> before = List.copyOf(touched);
        look(
                stage,
                () -> {
                    try {
                        stage.scanner(mortal)
                                .all(stage.lease, OperationType.RECONCILIATION, _ -> {});
                    } catch (RuntimeException _) {
                        killed++;
                    }
                });
        stage.takeOver();
        // What it looked at and did not write is looked at again.
        touched.addAll(before);
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private void change(Stage stage) throws IOException {
        for (int i = random.nextInt(6); i >= 0; i--) {
            List<String> files = new ArrayList<>(files(stage).keySet());
            String some = files.isEmpty() ? null : files.get(random.nextInt(files.size()));
            int kind = random.nextInt(14);
            if (some == null || kind < 3) {
                write(stage, fresh());
            } else {
                switch (kind) {
                    case 3 -> write(stage, some);
                    case 4, 5 -> move(stage, some, fresh());
                    case 6 -> delete(stage, some);
                    case 7 -> swap(stage, some, files.get(random.nextInt(files.size())));
                    case 8 -> replace(stage, some);
                    case 9 -> link(stage, some, fresh());
                    case 10 -> close(stage, some);
                    case 11 -> closeFolder(stage);
                    case 12 -> open(stage);
                    default -> moveFolder(stage);
                }
            }
        }
    }

    private String fresh() {
        return FOLDERS[random.nextInt(FOLDERS.length)]
                + "f"
                + random.nextInt(40)
                + "-"
                + names++ % 3;
    }

    private void write(Stage stage, String path) throws IOException {
        if (Files.isDirectory(stage.root.resolve(path))) {
            return;
        }
        boolean same = Files.exists(stage.root.resolve(path));
        stage.write(path, "content " + names++ + " " + random.nextInt());
        touched.add(path);
        Object key = key(stage.root.resolve(path));
        if (!same) {
            numbers.remove(key);
        }
        noteWritten(key);
    }

    private void noteWritten(Object key) {
        written.add(key);
        if (moved.contains(key)) {
            numbers.remove(key);
        }
    }

    private void noteMoved(Path file) throws IOException {
        Object key = key(file);
        moved.add(key);
        if (written.contains(key)) {
            numbers.remove(key);
        }
    }

    private void move(Stage stage, String from, String to) throws IOException {
        Path target = stage.root.resolve(to);
        if (Files.exists(target)) {
            return;
        }
        stage.move(from, to);
        touched.add(from);
        touched.add(to);
        noteMoved(target);
    }

    /// Each path is a file of its own, so that nobody can say which of them moves.
    private void link(Stage stage, String path, String link) throws IOException {
        Path target = stage.root.resolve(link);
        if (!Files.exists(target)) {
            Files.createDirectories(target.getParent());
            Files.createLink(target, stage.root.resolve(path));
            numbers.remove(key(target));
            touched.add(link);
        }
    }

    private void close(Stage stage, String path) {
        closed.add(stage.root.resolve(path));
        touched.add(path);
    }

    private void closeFolder(Stage stage) throws IOException {
        try (Stream<Path> all = Files.walk(stage.root)) {
            List<String> folders =
                    all.filter(Files::isDirectory)
                            .map(folder -> stage.root.relativize(folder).toString())
                            .filter(path -> !path.isEmpty() && !path.equals("keep"))
                            .sorted()
                            .toList();
            if (!folders.isEmpty()) {
                close(stage, folders.get(random.nextInt(folders.size())));
            }
        }
    }

    private void open(Stage stage) {
        if (!closed.isEmpty()) {
            List<Path> all = List.copyOf(closed);
            Path one = all.get(random.nextInt(all.size()));
            closed.remove(one);
            touched.add(stage.root.relativize(one).toString());
        }
    }

    private void delete(Stage stage, String path) throws IOException {
        numbers.remove(key(stage.root.resolve(path)));
        stage.delete(path);
        touched.add(path);
    }

    private void swap(Stage stage, String one, String other) throws IOException {
        if (!one.equals(other)) {
            stage.move(one, "keep/swap");
            stage.move(other, one);
            stage.move("keep/swap", other);
            touched.add(one);
            touched.add(other);
            noteMoved(stage.root.resolve(one));
            noteMoved(stage.root.resolve(other));
        }
    }

    /// As an editor saves: the path stays, the inode is another.
    private void replace(Stage stage, String path) throws IOException {
        Object old = key(stage.root.resolve(path));
        stage.write("keep/saving", "saved " + names++ + " " + random.nextInt());
        Path saving = stage.root.resolve("keep/saving");
        Path target = stage.root.resolve(path);
        Files.move(saving, target, StandardCopyOption.REPLACE_EXISTING);
        Long number = numbers.remove(old);
        numbers.remove(key(target));
        if (number != null && !moved.contains(old)) {
            numbers.put(key(target), number);
        }
        moved.remove(key(target));
        noteWritten(key(target));
        touched.add(path);
    }

    private void moveFolder(Stage stage) throws IOException {
        Path from = stage.root.resolve("b");
        Path to = stage.root.resolve("moved-" + names++);
        if (Files.isDirectory(from)) {
            Files.move(from, to);
            try (Stream<Path> files = Files.walk(to)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    noteMoved(file);
                }
            }
            touched.add("b");
            touched.add(to.getFileName().toString());
        }
    }

    private void remember(Stage stage, int step) throws IOException {
        Map<String, Long> rows = stage.files();
        Set<String> told = stage.toldAlone();
        for (Map.Entry<String, Object> file : files(stage).entrySet()) {
            String path = file.getKey();
            Object key = file.getValue();
            if (isHidden(stage, path)) {
                continue;
            }
            written.remove(key);
            moved.remove(key);
            Long row = rows.get(path);
            assertThat(row).as("step %d: a row of %s", step, path).isNotNull();
            if (told.contains(path) && links(stage.root.resolve(path)) == 1) {
                Long before = numbers.put(key, row);
                if (before != null) {
                    assertThat(row).as("step %d: the number of %s", step, path).isEqualTo(before);
                }
            }
        }
    }

    /// A row may be missing until the next scan, but not of a file that had one and still is there.
    private void assertNoFileLostItsRow(Stage stage, int step) throws IOException {
        Map<String, Long> rows = stage.files();
        for (Map.Entry<String, Object> file : files(stage).entrySet()) {
            Long number = numbers.get(file.getValue());
            if (number != null) {
                assertThat(rows).as("step %d: %s", step, file.getKey()).containsValue(number);
            }
        }
    }

    private static Map<String, Object> files(Stage stage) throws IOException {
        Map<String, Object> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(stage.root)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String path = stage.root.relativize(file).toString();
                if (!path.startsWith(".")) {
                    files.put(path, key(file));
                }
            }
        }
        return new TreeMap<>(files);
    }

    private static int links(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    }

    private static Object key(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }
}
