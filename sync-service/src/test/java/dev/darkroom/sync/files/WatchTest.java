package dev.darkroom.sync.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.Changes.Moved;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;
    private Path root = Path.of("");
    private final List<Watch> open = new ArrayList<>();

    @BeforeAll
    static void needsLinux() {
        assumeTrue(Watch.isAvailable(), "only Linux can watch folders");
    }

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
    }

    @AfterEach
    void close() {
        open.forEach(Watch::close);
    }

    @Test
    void tellsANewFileAndThatItWasClosed() throws Exception {
        Watch watch = start();
        Files.writeString(root.resolve("photo.jpg"), "pixels");

        Changes changes = until(watch, c -> !c.closed().isEmpty());

        assertThat(changes.files()).containsExactly(path("photo.jpg"));
        assertThat(changes.closed()).containsExactly(path("photo.jpg"));
        assertThat(changes.everything()).isFalse();
    }

    @Test
    void tellsAFileThatGrowsBeforeItIsClosed() throws Exception {
        Files.createFile(root.resolve("movie.mp4"));
        Watch watch = start();
        try (var channel =
                Files.newByteChannel(root.resolve("movie.mp4"), StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.allocate(100));

            Changes changes = watch.take();

            assertThat(changes.files()).containsExactly(path("movie.mp4"));
            assertThat(changes.closed()).isEmpty();
        }
    }

    @Test
    void tellsWhatIsRemovedAndWhatGetsAnotherTime() throws Exception {
        Files.createFile(root.resolve("a"));
        Files.createFile(root.resolve("b"));
        Watch watch = start();
        Files.delete(root.resolve("a"));
        Files.setLastModifiedTime(
                root.resolve("b"), java.nio.file.attribute.FileTime.from(Instant.EPOCH));

        assertThat(gather(watch, 2)).containsExactlyInAnyOrder(path("a"), path("b"));
    }

    @Test
    void hintsThatAFileHasMoved() throws Exception {
        Files.createDirectory(root.resolve("a"));
        Files.createFile(root.resolve("a/1.jpg"));
        Watch watch = start();
        Files.move(root.resolve("a/1.jpg"), root.resolve("2.jpg"));

        Changes changes = until(watch, c -> !c.moved().isEmpty());

        assertThat(changes.moved())
                .containsExactly(new Moved(path("a/1.jpg"), path("2.jpg"), false));
        assertThat(changes.files()).contains(path("2.jpg"));
    }

    @Test
    void tellsARenameFromAnIgnoredNameAsANewFile() throws Exception {
        Watch watch = start();
        Files.writeString(root.resolve("photo.jpg.part"), "pixels");
        Files.move(root.resolve("photo.jpg.part"), root.resolve("photo.jpg"));

        Changes changes = watch.take();

        assertThat(changes.files()).containsExactly(path("photo.jpg"));
        assertThat(changes.moved()).isEmpty();
    }

    @Test
    void watchesFoldersThatComeLater() throws Exception {
        Watch watch = start();
        Files.createDirectories(root.resolve("a/b/c"));
        assertThat(watch.take().folders()).contains(path("a"));

        // Perhaps once more: the inner folders' own events.
        Files.createFile(root.resolve("a/b/c/photo.jpg"));

        assertThat(until(watch, c -> c.files().contains(path("a/b/c/photo.jpg"))).files())
                .contains(path("a/b/c/photo.jpg"));
    }

    @Test
    void watchesAFolderUnderItsNewName() throws Exception {
        Files.createDirectories(root.resolve("a/b"));
        Files.createDirectories(root.resolve("z"));
        Watch watch = start();
        Files.move(root.resolve("a"), root.resolve("z/c"));
        Changes moved = until(watch, c -> !c.moved().isEmpty());
        assertThat(moved.moved()).containsExactly(new Moved(path("a"), path("z/c"), true));
        assertThat(moved.folders()).contains(path("a"), path("z/c"));

        Files.createFile(root.resolve("z/c/b/photo.jpg"));

        assertThat(watch.take().files()).containsExactly(path("z/c/b/photo.jpg"));
    }

    @Test
    void watchesAFolderThatWasMovedInFromOutside() throws Exception {
        Path outside = folder.resolve("outside");
        Files.createDirectories(outside.resolve("b"));
        Watch watch = start();
        Files.move(outside, root.resolve("in"));
        assertThat(watch.take().folders()).containsExactly(path("in"));

        Files.createFile(root.resolve("in/b/photo.jpg"));

        assertThat(watch.take().files()).containsExactly(path("in/b/photo.jpg"));
    }

    @Test
    void forgetsAFolderThatWasMovedAway() throws Exception {
        Files.createDirectories(root.resolve("a/b"));
        Watch watch = start();
        Files.move(root.resolve("a"), folder.resolve("outside"));
        assertThat(watch.take().folders()).containsExactly(path("a"));

        // Let go half a second later. What happens there before has no path, and after no watch.
        Files.createFile(folder.resolve("outside/b/photo.jpg"));
        Files.createFile(root.resolve("end"));

        Set<FilePath> told = new HashSet<>();
        until(
                watch,
                c -> {
                    told.addAll(c.files());
                    return told.contains(path("end"));
                });
        assertThat(told).containsExactly(path("end"));
    }

    @Test
    void tellsAFolderThatIsRemovedWithEverythingInIt() throws Exception {
        Files.createDirectories(root.resolve("a/b"));
        Files.createFile(root.resolve("a/b/photo.jpg"));
        Watch watch = start();
        Files.delete(root.resolve("a/b/photo.jpg"));
        Files.delete(root.resolve("a/b"));
        Files.delete(root.resolve("a"));

        assertThat(until(watch, c -> c.folders().contains(path("a"))).files()).isEmpty();
    }

    @Test
    void takesNoNoticeOfWhatIsIgnored() throws Exception {
        Files.createDirectory(root.resolve("@eaDir"));
        Watch watch = start();
        Files.createFile(root.resolve("@eaDir/photo.jpg"));
        Files.createDirectory(root.resolve(".hidden"));
        Files.createFile(root.resolve(".hidden/photo.jpg"));
        Files.createFile(root.resolve("photo.jpg.tmp"));
        Files.createFile(root.resolve("end"));

        Changes changes = watch.take();

        assertThat(changes.files()).containsExactly(path("end"));
        assertThat(changes.folders()).isEmpty();
    }

    @Test
    void keepsTheBytesOfNames() throws Exception {
        FilePath odd = FilePath.ofBytes(new byte[] {(byte) 0xff, '\\', '\n', 'x'});
        byte[] bytes = odd.bytes();
        Watch watch = start();
        Files.createFile(NioFolder.resolve(root, bytes, bytes.length));

        assertThat(watch.take().files()).containsExactly(odd);
    }

    @Test
    void endsWhenTheRootIsRemoved() throws Exception {
        Watch watch = start();
        Files.delete(root);

        assertThat(until(watch, c -> c.ended().isPresent()).ended().orElseThrow())
                .contains(root.toString());
        assertThat(watch.take().ended()).isPresent();
    }

    @Test
    void endsWhenTheRootIsRenamed() throws Exception {
        Watch watch = start();
        Files.move(root, folder.resolve("elsewhere"));

        assertThat(until(watch, c -> c.ended().isPresent()).ended()).isPresent();
    }

    @Test
    void refusesARootThatIsNotThere() {
        assertThatThrownBy(() -> Watch.start(root.resolve("no"), IgnoreRules.builtIn()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no");
    }

    @Test
    void wakesWhoeverWaitsWhenItIsClosedAndGivesEverythingBack() throws Exception {
        start().close();
        int before = descriptors();
        Watch watch = start();
        Thread closing = Thread.ofVirtual().start(watch::close);

        assertThat(watch.take().ended()).contains("the watch was closed");
        closing.join();
        assertThat(descriptors()).isLessThanOrEqualTo(before + 1);
        watch.close();
    }

    @Test
    void givesOneAnswerForManyChangesWhileNobodyListens() throws Exception {
        Watch watch = start();
        for (int i = 0; i < 200; i++) {
            Files.createFile(root.resolve("photo" + i));
        }

        assertThat(gather(watch, 200)).hasSize(200);
    }

    @Test
    void coversEverythingAgainAfterTheQueueHasOverflowed() throws Exception {
        long queued = WatchTree.number(Path.of("/proc/sys/fs/inotify/max_queued_events"));
        assumeTrue(queued > 0 && queued <= 40_000, "the queue is too long here to be filled");
        try (Inotify inotify = new Inotify()) {
            WatchTree tree = new WatchTree(root, IgnoreRules.builtIn(), inotify);
            // Nobody reads meanwhile.
            for (int i = 0; i < queued / 2 + 10; i++) {
                Files.createFile(root.resolve("photo" + i));
            }
            Files.createDirectories(root.resolve("unheard/of"));

            while (inotify.read(tree::event)) {
                tree.settle();
            }
            assertThat(tree.takeDirt().changes().everything()).isTrue();

            Files.createFile(root.resolve("unheard/of/photo.jpg"));
            assertThat(inotify.read(tree::event)).isTrue();
            assertThat(tree.takeDirt().changes().files())
                    .containsExactly(path("unheard/of/photo.jpg"));
        }
    }

    /// Whoever looks wherever it is told to knows in the end what is there.
    @Test
    void losesNoChangeInAStormOfThem() throws Exception {
        Random random = new Random(11);
        List<Path> folders = new ArrayList<>(List.of(root));
        Watch watch = start();
        Mirror mirror = new Mirror(root);
        for (int i = 0; i < 3_000; i++) {
            change(random, folders, i);
            if (i % 100 == 0) {
                mirror.look(watch.poll(Duration.ZERO).orElse(null));
            }
        }

        Instant end = Instant.now().plus(PATIENCE);
        while (!mirror.files().equals(actual()) && Instant.now().isBefore(end)) {
            mirror.look(watch.poll(Duration.ofSeconds(1)).orElse(null));
        }

        assertThat(mirror.files()).isEqualTo(actual());
        assertThat(mirror.wholeScans()).isZero();
    }

    private void change(Random random, List<Path> folders, int number) throws IOException {
        Path in = folders.get(random.nextInt(folders.size()));
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> Files.writeString(in.resolve("f" + number), "x");
            case 3 -> folders.add(Files.createDirectories(in.resolve("d" + number + "/e")));
            case 4 -> {
                File[] files = in.toFile().listFiles(File::isFile);
                if (files != null && files.length > 0) {
                    Files.move(
                            files[0].toPath(),
                            folders.get(random.nextInt(folders.size())).resolve("m" + number));
                }
            }
            case 5 -> {
                File[] files = in.toFile().listFiles(File::isFile);
                if (files != null && files.length > 0) {
                    Files.delete(files[0].toPath());
                }
            }
            default -> {
                Path to = folders.get(random.nextInt(folders.size())).resolve("n" + number);
                if (!in.equals(root) && !to.startsWith(in) && random.nextInt(4) == 0) {
                    Files.move(in, to);
                    folders.replaceAll(
                            f -> f.startsWith(in) ? to.resolve(in.relativize(f)).normalize() : f);
                }
            }
        }
    }

    private Set<String> actual() throws InterruptedException {
        Walked walked = new Walked();
        TreeWalk.of(root, IgnoreRules.builtIn()).walk(walked);
        return walked.files.keySet();
    }

    private Watch start() throws IOException {
        Watch watch = Watch.start(root, IgnoreRules.builtIn(), QUIET, LONGEST);
        open.add(watch);
        return watch;
    }

    private static Changes until(Watch watch, Predicate<Changes> wanted)
            throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            Changes changes = watch.poll(Duration.ofSeconds(1)).orElse(null);
            if (changes != null && wanted.test(changes)) {
                return changes;
            }
        }
        throw new AssertionError("the change was not told");
    }

    private static Set<FilePath> gather(Watch watch, int count) throws InterruptedException {
        Set<FilePath> files = new HashSet<>();
        until(
                watch,
                changes -> {
                    files.addAll(changes.files());
                    return files.size() >= count;
                });
        return files;
    }

    private static FilePath path(String text) {
        return new FilePath(text);
    }

    private static int descriptors() {
        String[] files = new File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }
}
