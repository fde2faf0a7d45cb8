package dev.darkroom.sync.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.schema.FilePath;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What every way to read a tree has to keep.
abstract class TreeWalkContract extends TreeOnDisk {
    @Test
    void tellsEveryFileInTheOrderOfTheWholePathsBytes() throws Exception {
        Random random = new Random(7);
        Set<String> expected = new HashSet<>();
        List<String> folders = new ArrayList<>(List.of(""));
        for (int i = 0; i < 1_500; i++) {
            String path = folders.get(random.nextInt(folders.size())) + name(random);
            if (random.nextInt(6) == 0) {
                if (Files.notExists(at(path))) {
                    Files.createDirectory(at(path));
                    folders.add(path + "/");
                }
            } else if (make(path)) {
                expected.add(path);
            }
        }

        Walked walked = walk();

        assertThat(walked.paths()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(walked.paths()).isSortedAccordingTo(TreeOnDisk::compareBytes);
    }

    @Test
    void tellsALargeFolderInOrder() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            make("IMG_%s_%d.jpg".formatted(i % 2 == 0 ? "2024" : "2025", i * 7919 % 3_001));
        }

        Walked walked = walk();

        assertThat(walked.files).hasSize(3_000);
        assertThat(walked.paths()).isSortedAccordingTo(TreeOnDisk::compareBytes);
    }

    @Test
    void givesTheBytesOfAnyNameBack() throws Exception {
        assumeTrue(onUnix(), "only Unix has such names");
        List<FilePath> paths = new ArrayList<>();
        for (int b = 1; b < 256; b++) {
            if (b != '/') {
                paths.add(path(new byte[] {'a', (byte) b, 'z'}));
                paths.add(path(new byte[] {'d', (byte) b, '/', (byte) b, 'f'}));
            }
        }
        for (FilePath path : paths) {
            make(path.text());
        }

        Walked walked = walk(IgnoreRules.of(List.of("!*")));

        assertThat(walked.files.keySet())
                .containsExactlyInAnyOrderElementsOf(paths.stream().map(FilePath::text).toList());
        assertThat(walked.paths()).isSortedAccordingTo(TreeOnDisk::compareBytes);
    }

    @Test
    void tellsANameOf255Bytes() throws Exception {
        String name = "é".repeat(127) + "x";
        make(name + "/" + name);

        assertThat(walk().files).containsOnlyKeys(name + "/" + name);
    }

    @Test
    void tellsTwoSpellingsOfOneCharacterAsTwoFiles() throws Exception {
        make("\u00e9.jpg");
        assumeTrue(make("e\u0301.jpg"), "this file system takes both spellings for one file");

        assertThat(walk().files).containsOnlyKeys("e\u0301.jpg", "\u00e9.jpg");
    }

    @Test
    void tellsAFileThatWasRenamedInCaseOnlyAsTheSameFileOfAnotherName() throws Exception {
        make("Photo.JPG");
        FileStat before = walk().stat("Photo.JPG");
        Files.move(at("Photo.JPG"), at("photo.jpg"));

        Walked walked = walk();

        assertThat(walked.files).containsOnlyKeys("photo.jpg");
        assertThat(walked.stat("photo.jpg").sameFileAs(before)).isTrue();
    }

    @Test
    void tellsHardLinksAsNamesOfOneFile() throws Exception {
        make("a.jpg");
        Files.createLink(at("b.jpg"), at("a.jpg"));

        Walked walked = walk();

        assertThat(walked.stat("a.jpg").sameFileAs(walked.stat("b.jpg"))).isTrue();
        assertThat(walked.stat("a.jpg").links()).isEqualTo(2);
    }

    @Test
    void tellsTheSizeOfEmptyAndSparseFiles() throws Exception {
        make("empty.jpg");
        try (RandomAccessFile file = new RandomAccessFile(at("sparse.mov").toFile(), "rw")) {
            file.setLength(1L << 35);
        }

        Walked walked = walk();

        assertThat(walked.stat("empty.jpg").size()).isZero();
        assertThat(walked.stat("sparse.mov").size()).isEqualTo(1L << 35);
    }

    @Test
    void tellsTimesToTheMicrosecondWhateverTheyAre() throws Exception {
        Instant past = Instant.parse("1969-07-20T20:17:40Z");
        Instant future = Instant.parse("2099-01-01T00:00:00.999999999Z");
        make("past.jpg");
        make("future.jpg");
        Files.setLastModifiedTime(at("past.jpg"), FileTime.from(past));
        Files.setLastModifiedTime(at("future.jpg"), FileTime.from(future));

        Walked walked = walk();

        assertThat(walked.stat("past.jpg").modified()).isEqualTo(past);
        assertThat(walked.stat("future.jpg").modified())
                .isEqualTo(future.truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void showsAChangeThatKeptSizeAndModificationTime() throws Exception {
        assumeTrue(onUnix(), "only Unix tells when a file was changed");
        Files.writeString(at("photo.jpg"), "one");
        FileTime time = Files.getLastModifiedTime(at("photo.jpg"));
        FileStat before = walk().stat("photo.jpg");

        FileStat after = before;
        // The system's clock ticks every few milliseconds.
        for (int i = 0; i < 10_000 && after.changedMicros() == before.changedMicros(); i++) {
            Files.writeString(at("photo.jpg"), "two");
            Files.setLastModifiedTime(at("photo.jpg"), time);
            after = walk().stat("photo.jpg");
        }

        assertThat(after.modifiedMicros()).isEqualTo(before.modifiedMicros());
        assertThat(after.size()).isEqualTo(before.size());
        assertThat(after.sameContentAs(before)).isFalse();
    }

    @Test
    void followsNoLinkAndSaysWhereItLeads() throws Exception {
        make("a/photo.jpg");
        Files.createDirectory(folder.resolve("outside"));
        link("a/up", "..");
        link("a/file.jpg", "photo.jpg");
        link("inside", "a");
        link("outside", folder.resolve("outside").toString());
        link("itself", "itself");
        link("nothing", "no/such/file");
        link("above", folder.toString());

        Walked walked = walk();

        assertThat(walked.files).containsOnlyKeys("a/photo.jpg");
        assertThat(walked.skipped)
                .containsOnly(
                        entry("a/up", Skipped.LINK_LOOP),
                        entry("a/file.jpg", Skipped.LINK_INSIDE),
                        entry("inside", Skipped.LINK_INSIDE),
                        entry("outside", Skipped.LINK_OUTSIDE),
                        entry("itself", Skipped.LINK_LOOP),
                        entry("nothing", Skipped.LINK_BROKEN),
                        entry("above", Skipped.LINK_LOOP));
    }

    @Test
    void followsTheRootItselfIfItIsALink() throws Exception {
        make("photo.jpg");
        Path link = Files.createSymbolicLink(folder.resolve("link"), root);
        Walked walked = new Walked();

        TreeWalk.of(link, IgnoreRules.builtIn(), way()).walk(walked);

        assertThat(walked.files).containsOnlyKeys("photo.jpg");
    }

    @Test
    void passesOverWhatIsNoFile() throws Exception {
        assumeTrue(onUnix(), "only Unix has pipes with names");
        make("photo.jpg");
        Process process = new ProcessBuilder("mkfifo", at("pipe").toString()).start();
        assumeTrue(
                process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0,
                "mkfifo does not work here");

        Walked walked = walk();

        assertThat(walked.files).containsOnlyKeys("photo.jpg");
        assertThat(walked.skipped).containsEntry("pipe", Skipped.SPECIAL);
    }

    @Test
    void doesNotReadFoldersThatAreIgnored() throws Exception {
        make("2024/a.jpg");
        make("2024/@eaDir/a.jpg/SYNOPHOTO_THUMB_XL.jpg");
        make("rejected/a.jpg");
        make("2024/a.jpg.part");
        make(".darkroom-repository");

        Walked walked = walk(IgnoreRules.of(List.of("rejected/")));

        assertThat(walked.files).containsOnlyKeys("2024/a.jpg");
        assertThat(walked.skipped)
                .containsOnlyKeys(
                        "2024/@eaDir", "rejected", "2024/a.jpg.part", ".darkroom-repository")
                .containsValue(Skipped.IGNORED);
    }

    @Test
    void walksOneFolderAlone() throws Exception {
        make("a/1.jpg");
        make("b/2.jpg");
        make("b/c/3.jpg");
        Walked whole = new Walked();
        Walked filesOnly = new Walked();

        tree(IgnoreRules.builtIn()).walk(new FilePath("b"), whole);
        tree(IgnoreRules.builtIn()).walkFilesOf(new FilePath("b"), filesOnly);

        assertThat(whole.paths()).containsExactly("b/2.jpg", "b/c/3.jpg");
        assertThat(filesOnly.files).containsOnlyKeys("b/2.jpg");
    }

    @Test
    void tellsAFolderThatIsNotThereAsVanished() throws Exception {
        make("a/1.jpg");
        link("link", "a");
        for (String missing : List.of("no", "a/no/deeper", "a/1.jpg", "link")) {
            Walked walked = new Walked();

            WalkSummary summary = tree(IgnoreRules.builtIn()).walk(new FilePath(missing), walked);

            assertThat(walked.vanished).containsExactly(missing);
            assertThat(summary).isEqualTo(new WalkSummary(0, 0, 0, 0, 1, true));
        }
    }

    @Test
    void doesNotWalkAFolderInsideOfAnIgnoredOne() throws Exception {
        make(".hidden/a/1.jpg");
        Walked walked = new Walked();

        tree(IgnoreRules.builtIn()).walk(new FilePath(".hidden/a"), walked);

        assertThat(walked.files).isEmpty();
    }

    @Test
    void tellsARootThatIsNotThereAsUnreadable() throws Exception {
        Files.delete(root);

        Walked walked = walk();

        assertThat(walked.unreadable).containsOnlyKeys("");
    }

    @Test
    void looksAtOnePath() throws Exception {
        make("a/1.jpg");
        link("link", "a");
        TreeWalk tree = tree(IgnoreRules.builtIn());

        assertThat(tree.look(new FilePath("a/1.jpg")))
                .isEqualTo(new PathState.File(walk().stat("a/1.jpg")));
        assertThat(tree.look(new FilePath("a"))).isInstanceOf(PathState.Folder.class);
        assertThat(tree.look(new FilePath("link"))).isEqualTo(new PathState.Other());
        assertThat(tree.look(new FilePath("link/1.jpg"))).isEqualTo(new PathState.Missing());
        assertThat(tree.look(new FilePath("a/2.jpg"))).isEqualTo(new PathState.Missing());
        assertThat(tree.look(new FilePath("a/1.jpg/2.jpg"))).isEqualTo(new PathState.Missing());
    }

    @Test
    void endsWhenTheVisitorHasEnough() throws Exception {
        for (int i = 0; i < 20; i++) {
            make("f/" + i);
        }
        List<String> told = new ArrayList<>();

        WalkSummary summary =
                tree(IgnoreRules.builtIn())
                        .walk(
                                new Walked() {
                                    @Override
                                    public boolean file(WalkedPath path, FileStat stat) {
                                        told.add(path.text());
                                        return told.size() < 3;
                                    }
                                });

        assertThat(told).hasSize(3);
        assertThat(summary.complete()).isFalse();
    }

    @Test
    void comesOutWithWhatTheVisitorThrows() throws Exception {
        make("a");
        IllegalStateException failure = new IllegalStateException("the database is gone");

        assertThatThrownBy(
                        () ->
                                tree(IgnoreRules.builtIn())
                                        .walk(
                                                new Walked() {
                                                    @Override
                                                    public boolean file(
                                                            WalkedPath path, FileStat stat) {
                                                        throw failure;
                                                    }
                                                }))
                .isSameAs(failure);
    }

    @Test
    void readsOnlyALittleAheadOfASlowVisitorAndTakesWhatVanishesForNoError() throws Exception {
        for (int i = 0; i < 15_000; i++) {
            make("a/%05d.jpg".formatted(i));
        }
        make("b/photo.jpg");

        Walked walked = walkAndAtTheFirstFile(() -> remove("a", "b"));

        assertThat(walked.files.size()).isBetween(1, 13_000);
        assertThat(walked.vanished).contains("a/14999.jpg", "b");
        assertThat(walked.unreadable).isEmpty();
    }

    @Test
    void tellsAFolderThatWasRenamedMeanwhileUnderOneNameAtMost() throws Exception {
        for (int i = 0; i < 13_500; i++) {
            make("b/%05d.jpg".formatted(i));
        }
        make("c/photo.jpg");
        make("d/photo.jpg");

        Walked walked =
                walkAndAtTheFirstFile(
                        () -> {
                            Files.move(at("c"), at("a"));
                            Files.move(at("d"), at("e"));
                        });

        assertThat(walked.files).hasSize(13_500);
        assertThat(walked.vanished).containsExactly("c", "d");
        assertThat(walked.unreadable).isEmpty();
    }

    @Test
    void findsItsWayBackFromManyLevelsDown() throws Exception {
        int levels = 150;
        StringBuilder path = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < levels; i++) {
            expected.add(path + "z");
            path.append("d/");
        }
        make(path + "photo.jpg");
        for (String file : expected) {
            make(file);
        }
        expected.add(path + "photo.jpg");

        Walked walked = walk();

        assertThat(walked.files.keySet()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(walked.unreadable).isEmpty();
        assertThat(walked.paths()).isSortedAccordingTo(TreeOnDisk::compareBytes);
    }

    @Test
    void passesOverPathsThatAreTooLongToBeKept() throws Exception {
        String level = "d".repeat(100) + "/";
        make(level.repeat(25) + "photo.jpg");
        make(level.repeat(26) + "photo.jpg");

        Walked walked = walk();

        assertThat(walked.files).containsOnlyKeys(level.repeat(25) + "photo.jpg");
        assertThat(walked.skipped).containsValue(Skipped.PATH_TOO_LONG).hasSize(1);
    }

    @Test
    void isNotDisturbedByAnInterruptOfOthers() throws Exception {
        make("a/photo.jpg");
        Thread.currentThread().interrupt();

        assertThatThrownBy(this::walk).isInstanceOf(InterruptedException.class);
        assertThat(walk().files).hasSize(1);
    }
}
