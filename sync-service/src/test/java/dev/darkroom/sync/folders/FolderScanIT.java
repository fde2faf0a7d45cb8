package dev.darkroom.sync.folders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.sync.folders.records.Operations.Operation;
import dev.darkroom.sync.folders.scan.Plan;
import dev.darkroom.sync.folders.scan.ScanResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scans of a real folder: what is found, and who is who after it moved.
class FolderScanIT {
    private static MigratedDatabase database;

    @TempDir Path folder;
    private Stage stage;

    @BeforeAll
    static void prepare() throws SQLException {
        database = MigratedDatabase.create();
    }

    @BeforeEach
    void open() throws Exception {
        stage = new Stage(database, Files.createDirectory(folder.resolve("photos")));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void findsWhatIsNewAndWritesNothingAboutWhatIsNot() throws Exception {
        // given
        stage.write("a.jpg", "a");
        stage.write("2024/b.jpg", "b");
        stage.write("2024/b.jpg.xmp", "sidecar");
        Operation first = stage.sync();
        String before = stage.value("xmin", "a.jpg");

        // when
        Operation second = stage.sync();

        // then
        assertThat(first.counts().added()).isEqualTo(3);
        assertThat(first.status()).isEqualTo("completed");
        assertThat(stage.files()).containsOnlyKeys("a.jpg", "2024/b.jpg", "2024/b.jpg.xmp");
        assertThat(stage.version("2024/b.jpg.xmp")).isEqualTo(1);
        assertThat(second.counts().scanned()).isEqualTo(3);
        assertThat(second.counts().hasChanges()).isFalse();
        assertThat(second.generation()).isEqualTo(first.generation() + 1);
        assertThat(stage.value("xmin", "a.jpg")).isEqualTo(before);
    }

    @Test
    void aNewContentIsANewVersionAndATouchIsNone() throws Exception {
        // given
        Path changed = stage.write("changed.jpg", "one");
        Path touched = stage.write("touched.jpg", "same");
        Path hidden = stage.write("hidden.jpg", "one");
        FileTime kept = Files.getLastModifiedTime(hidden);
        stage.sync();
        Map<String, Long> before = stage.files();

        // when
        Files.writeString(changed, "two");
        Files.setLastModifiedTime(touched, FileTime.from(Instant.parse("2031-01-01T00:00:00Z")));
        Files.writeString(hidden, "two");
        Files.setLastModifiedTime(hidden, kept);
        Operation operation = stage.sync();

        // then
        assertThat(operation.counts().updated()).isEqualTo(3);
        assertThat(stage.version("changed.jpg")).isEqualTo(2);
        assertThat(stage.version("touched.jpg")).isEqualTo(1);
        assertThat(stage.version("hidden.jpg")).as("the size and mtime are the same").isEqualTo(2);
        assertThat(stage.files()).isEqualTo(before);
        assertThat(stage.sync().counts().hasChanges()).as("a future mtime settles").isFalse();
    }

    @Test
    void aFileKeepsItsNumberWhenItOrItsFolderIsRenamed() throws Exception {
        // given
        for (int i = 0; i < 300; i++) {
            stage.write("trip/day/" + i + ".jpg", "content " + i);
        }
        stage.write("Case.JPG", "case");
        stage.write("cafe\u0301.jpg", "decomposed");
        stage.write("caf\u00e9.jpg", "composed");
        stage.sync();
        Map<String, Long> before = stage.files();

        // when
        stage.move("trip", "2024/holidays");
        stage.move("Case.JPG", "case.jpg");
        Operation operation = stage.sync();

        // then
        Map<String, Long> after = stage.files();
        assertThat(operation.counts().moved()).isEqualTo(301);
        assertThat(operation.counts().removed() + operation.counts().added()).isZero();
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < 300; i++) {
            assertThat(after.get("2024/holidays/day/" + i + ".jpg"))
                    .isEqualTo(before.get("trip/day/" + i + ".jpg"));
        }
        assertThat(after.get("case.jpg")).isEqualTo(before.get("Case.JPG"));
        assertThat(after).containsKeys("cafe\u0301.jpg", "caf\u00e9.jpg");
        assertThat(stage.value("hash_pending", "case.jpg")).isEqualTo("false");
        assertThat(stage.version("case.jpg")).isEqualTo(1);
    }

    @Test
    void swapsChainsAndCirclesKeepEveryNumber() throws Exception {
        // given
        for (String name : new String[] {"a", "b", "c", "d", "e", "x", "y", "z"}) {
            stage.write(name, "content of " + name);
        }
        stage.sync();
        Map<String, Long> before = stage.files();

        // when: a and b trade places, c -> d -> e -> f, x -> y -> z -> x
        stage.move("a", "t");
        stage.move("b", "a");
        stage.move("t", "b");
        stage.move("e", "f");
        stage.move("d", "e");
        stage.move("c", "d");
        stage.move("z", "t");
        stage.move("y", "z");
        stage.move("x", "y");
        stage.move("t", "x");
        Operation operation = stage.sync();

        // then
        Map<String, Long> after = stage.files();
        assertThat(after)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "a", before.get("b"),
                                "b", before.get("a"),
                                "d", before.get("c"),
                                "e", before.get("d"),
                                "f", before.get("e"),
                                "x", before.get("z"),
                                "y", before.get("x"),
                                "z", before.get("y")));
        assertThat(operation.counts().moved()).isEqualTo(8);
        assertThat(operation.counts().removed()).isZero();
        assertThat(stage.version("a")).isEqualTo(1);
    }

    @Test
    void aFileThatTookAnothersPlaceKeepsItsNumber() throws Exception {
        // given
        stage.write("a", "one");
        stage.write("b", "another");
        stage.sync();
        Map<String, Long> before = stage.files();

        // when
        stage.delete("a");
        stage.move("b", "a");
        Operation operation = stage.sync();

        // then
        assertThat(stage.files()).isEqualTo(Map.of("a", before.get("b")));
        assertThat(operation.counts().moved()).isEqualTo(1);
        assertThat(operation.counts().removed()).isEqualTo(1);
    }

    @Test
    void aFileThatWasReplacedByItsEditorIsTheSameFile() throws Exception {
        // given
        stage.write("a.jpg", "before");
        stage.sync();
        Map<String, Long> before = stage.files();

        // when
        stage.write("a.jpg.saving", "after");
        stage.delete("a.jpg");
        stage.move("a.jpg.saving", "a.jpg");
        stage.sync();

        // then
        assertThat(stage.files()).isEqualTo(before);
        assertThat(stage.version("a.jpg")).isEqualTo(2);
    }

    @Test
    void aFileThatMovedAwayWhileANewOneTookItsPathIsFollowed() throws Exception {
        // given
        stage.write("a", "old");
        stage.sync();
        Map<String, Long> before = stage.files();

        // when
        stage.move("a", "z");
        stage.write("a", "new");
        stage.sync();

        // then
        assertThat(stage.files()).containsEntry("z", before.get("a")).containsKey("a");
        assertThat(stage.files().get("a")).isNotEqualTo(before.get("a"));
        assertThat(stage.version("z")).isEqualTo(1);
    }

    @Test
    void aCopyWhoseOriginalIsGoneIsTheOriginalThatMoved() throws Exception {
        // given: the inode is another, as after a move between file systems
        Path one = stage.write("one/photo.jpg", "a content");
        stage.write("one/other.jpg", "b content");
        stage.sync();
        Map<String, Long> before = stage.files();

        // when
        Files.createDirectories(stage.root.resolve("two"));
        Files.copy(one, stage.root.resolve("two/photo.jpg"));
        Files.copy(one, stage.root.resolve("two/copy.jpg"));
        Files.delete(one);
        Operation operation = stage.sync();

        // then
        assertThat(stage.files()).containsEntry("two/photo.jpg", before.get("one/photo.jpg"));
        assertThat(stage.version("two/photo.jpg")).isEqualTo(1);
        assertThat(stage.version("two/copy.jpg")).isEqualTo(1);
        assertThat(operation.counts().moved()).isEqualTo(1);
        assertThat(operation.counts().added()).isEqualTo(1);
        assertThat(operation.counts().removed()).isZero();
    }

    @Test
    void anInodeThatIsUsedAgainIsNoMove() throws Exception {
        // given
        stage.write("a", "the first file");
        stage.sync();
        Map<String, Long> before = stage.files();

        // when: many file systems give the inode to the next file
        stage.delete("a");
        stage.write("b", "another file");
        stage.sync();

        // then
        assertThat(stage.files()).containsOnlyKeys("b").doesNotContainValue(before.get("a"));
    }

    @Test
    void namesOfAnyBytesZeroBytesAndSparseFilesAreFiles() throws Exception {
        // given
        stage.write("new\nline and \\ and 'quote' and %s", "odd");
        stage.write("empty", "");
        try (var file = new java.io.RandomAccessFile(stage.root.resolve("sparse").toFile(), "rw")) {
            file.setLength(50_000_000);
        }
        Files.createSymbolicLink(stage.root.resolve("loop"), stage.root);
        Process odd =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "echo x > \"$0\"/$'caf\\xe9.jpg'",
                                stage.root.toString())
                        .start();
        assertThat(odd.waitFor()).isZero();

        // when
        stage.sync();
        Map<String, Long> first = stage.files();
        Operation again = stage.sync();

        // then
        assertThat(first)
                .containsOnlyKeys(
                        "new\nline and \\\\ and 'quote' and %s", "empty", "sparse", "caf\\xE9.jpg");
        assertThat(again.counts().hasChanges()).isFalse();
        assertThat(stage.version("caf\\xE9.jpg")).isEqualTo(1);
    }

    @Test
    void aFileBecomesAFolderAndAFolderAFile() throws Exception {
        // given
        stage.write("a", "file");
        stage.write("b/c", "in a folder");
        stage.sync();

        // when
        stage.delete("a");
        stage.write("a/d", "in a folder now");
        stage.delete("b/c");
        stage.delete("b");
        stage.write("b", "a file now");
        ScanResult result = stage.batch("a", "b");
        stage.hash();

        // then
        assertThat(stage.files()).containsOnlyKeys("a/d", "b");
        assertThat(result.status()).isEqualTo("completed");
    }

    @Test
    void aBatchLooksOnlyWhereItWasTold() throws Exception {
        // given
        stage.write("a/1", "1");
        stage.write("b/2", "2");
        stage.sync();
        Map<String, Long> before = stage.files();

        // when
        stage.move("a/1", "a/one");
        stage.delete("b/2");
        ScanResult moved = stage.batch("a/1", "a/one");
        ScanResult nothing = stage.batch("a/one", "nowhere");

        // then
        assertThat(stage.files())
                .isEqualTo(Map.of("a/one", before.get("a/1"), "b/2", before.get("b/2")));
        assertThat(stage.operation(moved).type()).isEqualTo("realtime");
        assertThat(nothing.operationId()).as("nothing changed, so there is no row").isNull();
    }

    @Test
    void aPlanChangesNothing() throws Exception {
        // given
        stage.write("changed", "1");
        stage.write("from", "2");
        stage.write("removed", "3");
        stage.sync();
        stage.write("changed", "more");
        stage.move("from", "to");
        stage.delete("removed");
        stage.write("added", "4");
        Map<String, Long> before = stage.files();

        // when
        Plan plan = stage.plan();

        // then
        assertThat(plan.added()).containsExactly("added");
        assertThat(plan.changed()).containsExactly("changed");
        assertThat(plan.moved()).containsExactly(new Plan.Move("from", "to"));
        assertThat(plan.removed()).containsExactly("removed");
        assertThat(stage.files()).isEqualTo(before);
        assertThat(stage.value("hash_pending", "changed")).isEqualTo("false");
        Operation done = stage.sync();
        assertThat(done.counts()).as("the scan does what the plan says").isEqualTo(plan.counts());
    }

    @Test
    void anUnreadableFileIsToldAndKept() throws Exception {
        Path file = stage.write("a", "1");
        stage.sync();
        Files.writeString(file, "22");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));

        // when
        OtherUser.takes(stage.root, stage::sync);

        // then
        assertThat(stage.files()).containsOnlyKeys("a");
        assertThat(stage.value("unreadable", "a")).contains("AccessDenied");
    }

    @Test
    void aNewIgnorePatternTakesFilesOut() throws Exception {
        stage.write("a.jpg", "1");
        stage.write("raw/b.jpg", "2");
        stage.sync();

        // when
        stage.with("ignore_patterns = '{raw/}'");
        stage.sync();

        // then
        assertThat(stage.files()).containsOnlyKeys("a.jpg");
    }
}
