package dev.darkroom.sync.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.schema.FilePath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LinuxTreeWalkTest extends TreeWalkContract {
    private static final String LONG = "d".repeat(200);

    @BeforeAll
    static void needsLinux() {
        assumeTrue(Linux.isHere(), "this is no Linux, or its C library has no statx");
    }

    @Override
    TreeWalk.Way way() {
        return TreeWalk.Way.LINUX;
    }

    @Test
    void readsFilesWhosePathsAreLongerThanTheSystemTakes() throws Exception {
        // Neither the root nor what is below it has 4096 bytes, but both together have.
        Path outer = root;
        root = Files.createDirectories(outer.resolve("root").resolve(levels(12)));
        Path made = Files.createDirectories(outer.resolve("made"));
        Files.createDirectories(made.resolve(levels(12)));
        Files.createFile(made.resolve(levels(12)).resolve("photo.jpg"));
        move(made, root);
        try {
            Walked walked = walk();

            String path = levels(12) + "/photo.jpg";
            assertThat(root.resolve(path).toString().length()).isGreaterThan(4_096);
            assertThat(walked.files).containsOnlyKeys(path);
            assertThat(tree(IgnoreRules.builtIn()).look(new FilePath(path)))
                    .isEqualTo(new PathState.File(walked.stat(path)));
        } finally {
            // Where whoever cleans up can reach it.
            move(root, made);
        }
    }

    @Test
    void holdsOnlyAFewFoldersOpen() throws Exception {
        make("d/".repeat(100) + "photo.jpg");
        int[] most = {0};

        tree(IgnoreRules.builtIn())
                .walk(
                        new FilePath("d"),
                        new Walked() {
                            @Override
                            public boolean file(WalkedPath path, FileStat stat) {
                                most[0] = openDescriptors();
                                return true;
                            }
                        });

        assertThat(most[0]).isPositive();
        assertThat(openDescriptors()).isLessThan(most[0] + 1);
        assertThat(most[0]).isLessThan(openDescriptors() + 60);
    }

    @Test
    void findsItsWayBackWhenAFolderAboveMovesWhileItIsDeepBelow() throws Exception {
        // Enough files at the bottom that the visitor hears of some while the rest is read.
        String bottom = "d/".repeat(50);
        for (int i = 0; i < 2 * Block.ENTRIES; i++) {
            make(bottom + i);
        }
        make("d/d/d/z");
        make("d/d/d/d/z");

        Walked walked = walkBelowAnd(() -> Files.move(at("d/d/d/d/d"), at("elsewhere")));

        assertThat(walked.files).containsKeys("d/d/d/d/z", "d/d/d/z");
        assertThat(walked.unreadable).isEmpty();
    }

    @Test
    void saysThatAFolderIsLostIfItCannotFindItsWayBack() throws Exception {
        String bottom = "d/".repeat(50);
        for (int i = 0; i < 2 * Block.ENTRIES; i++) {
            make(bottom + i);
        }
        make("d/d/d/z");
        make("d/d/d/d/z");

        Walked walked =
                walkBelowAnd(
                        () -> {
                            Files.move(at("d/d/d/d/d"), at("elsewhere"));
                            Files.move(at("d/d/d/d"), at("nowhere"));
                        });

        assertThat(walked.unreadable).containsOnlyKeys("d/d/d/d");
        assertThat(walked.files).containsKey("d/d/d/z").doesNotContainKey("d/d/d/d/z");
    }

    @Test
    void leavesNothingOpenBehind() throws Exception {
        for (int i = 0; i < 200; i++) {
            make("%d/%d/photo.jpg".formatted(i % 10, i));
        }
        walk();
        int before = openDescriptors();

        for (int i = 0; i < 5; i++) {
            walk();
            tree(IgnoreRules.builtIn()).walk(new FilePath("1"), new Walked());
            tree(IgnoreRules.builtIn()).look(new FilePath("1/1/photo.jpg"));
            tree(IgnoreRules.builtIn()).walk(new FilePath("no/such"), new Walked());
        }

        assertThat(openDescriptors()).isLessThanOrEqualTo(before + 2);
    }

    private Walked walkBelowAnd(Action action) throws InterruptedException {
        Walked walked =
                new Walked() {
                    @Override
                    public boolean file(WalkedPath path, FileStat stat) {
                        if (files.isEmpty()) {
                            try {
                                action.run();
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        }
                        return super.file(path, stat);
                    }
                };
        // On one thread: while the visitor works, nothing is read.
        tree(IgnoreRules.builtIn()).walk(new FilePath("d"), walked);
        return walked;
    }

    private static int openDescriptors() {
        String[] open = new java.io.File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }

    private static String levels(int count) {
        List<String> levels = new ArrayList<>(Collections.nCopies(count, LONG));
        return String.join("/", levels);
    }

    private static void move(Path from, Path to) throws IOException {
        try (DirectoryStream<Path> source = Files.newDirectoryStream(from);
                DirectoryStream<Path> target = Files.newDirectoryStream(to)) {
            assumeTrue(
                    source instanceof SecureDirectoryStream,
                    "this system cannot hold folders open");
            ((SecureDirectoryStream<Path>) source)
                    .move(Path.of(LONG), (SecureDirectoryStream<Path>) target, Path.of(LONG));
        }
    }
}
