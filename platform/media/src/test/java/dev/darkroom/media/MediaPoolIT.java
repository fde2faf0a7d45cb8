package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.darkroom.media.MediaChildLost.Kind;
import dev.darkroom.media.child.Bombs;
import dev.darkroom.media.child.Faults;
import dev.darkroom.media.child.TestPictures;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that crash, hang and swell their child, and the neighbours that must not notice.
class MediaPoolIT {

    private static final RenderRequest SMALL =
            new RenderRequest(List.of(new RenderSize("small", 150)), 80);
    private static final MediaOptions OPTIONS =
            MediaOptions.defaults()
                    .withMemory(128L << 20, 512L << 20)
                    .withDeadline(Duration.ofSeconds(10))
                    .withLimits(MediaLimits.defaults().withCpu(Duration.ofSeconds(2)))
                    .withNativeDecoders(false);

    @TempDir private static Path directory;

    private static MediaPool open(MediaOptions options) {
        return new MediaPool(options, Faults.class.getName());
    }

    private static Path photo(String name) {
        return TestPictures.save(directory, name, TestPictures.jpeg(800, 600));
    }

    private static Set<Long> children() {
        return ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private record Hostile(String file, Kind kind, String words) {}

    private static final List<Hostile> HOSTILE =
            List.of(
                    new Hostile("fault-exit", Kind.CRASHED, "exit code 42"),
                    new Hostile("fault-segfault", Kind.CRASHED, "exit code 1"),
                    new Hostile("fault-nonsense", Kind.CRASHED, "nonsense on its output"),
                    new Hostile(
                            "fault-native-hang",
                            Kind.TIMED_OUT,
                            "10000 ms, the deadline of one call; raise darkroom.media.deadline"),
                    new Hostile(
                            "fault-heap",
                            Kind.OUT_OF_MEMORY,
                            "Java heap of 128 MiB; raise darkroom.media.heap"),
                    new Hostile(
                            "fault-native-memory",
                            Kind.OUT_OF_MEMORY,
                            "512 MiB; raise darkroom.media.memory-limit"));

    @Test
    void losesOneChildToEachHostileFileAndServesTheNeighbours() throws Exception {
        long pid = ProcessHandle.current().pid();
        Path good = photo("good.jpg");
        try (MediaPool pool = open(OPTIONS);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.capabilities();

            Map<Hostile, Future<MediaChildLost>> losses = new LinkedHashMap<>();
            List<Future<Rendered>> neighbours = new ArrayList<>();
            for (Hostile hostile : HOSTILE) {
                Path file = photo(hostile.file() + ".jpg");
                losses.put(
                        hostile,
                        callers.submit(
                                () ->
                                        catchThrowableOfType(
                                                MediaChildLost.class,
                                                () -> pool.render(file, "Beach.jpg", SMALL))));
                for (int i = 0; i < 5; i++) {
                    neighbours.add(callers.submit(() -> pool.render(good, SMALL)));
                }
            }

            for (Future<Rendered> neighbour : neighbours) {
                assertThat(neighbour.get().renditions()).hasSize(1);
            }
            for (Map.Entry<Hostile, Future<MediaChildLost>> loss : losses.entrySet()) {
                assertThat(loss.getValue().get())
                        .as(loss.getKey().file())
                        .hasMessageStartingWith("Beach.jpg: ")
                        .hasMessageContaining(loss.getKey().words())
                        .extracting(MediaChildLost::kind)
                        .isEqualTo(loss.getKey().kind());
            }
            assertThat(pool.probe(good, "good.jpg").width()).isEqualTo(800);
            assertThat(ProcessHandle.current().pid()).isEqualTo(pid);
        }
        assertThat(children()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesThePixelsThatItsRenditionsHave(boolean nativeDecoders) throws Exception {
        byte[] stored = TestPictures.encode(TestPictures.quarters(800, 600), "jpeg");
        Path photo =
                TestPictures.save(directory, "turned.jpg", TestPictures.withOrientation(stored, 6));
        try (MediaPool pool = open(OPTIONS.withProcesses(1).withNativeDecoders(nativeDecoders))) {
            RenderRequest wanted = new RenderRequest(List.of(new RenderSize("rendition", 512)), 95);
            Rendition rendition = pool.render(photo, wanted).renditions().getFirst();

            RgbPicture pixels = pool.pixels(photo, "turned.jpg", 512);

            assertThat(pixels)
                    .extracting(RgbPicture::width, RgbPicture::height)
                    .containsExactly(384, 512);
            BufferedImage drawn = TestPictures.decode(rendition.bytes());
            for (int at : List.of(50 * 384 + 50, 50 * 384 + 330, 450 * 384 + 50)) {
                int argb = drawn.getRGB(at % 384, at / 384);
                assertThat(pixels.rgb()[3 * at] & 0xff).isCloseTo(argb >> 16 & 0xff, within(6));
                assertThat(pixels.rgb()[3 * at + 1] & 0xff).isCloseTo(argb >> 8 & 0xff, within(6));
                assertThat(pixels.rgb()[3 * at + 2] & 0xff).isCloseTo(argb & 0xff, within(6));
            }
        }
    }

    /// The deadline is far away: on a busy machine processor time passes slowly.
    @Test
    void losesAChildThatNeedsTooMuchOfTheProcessor() throws Exception {
        try (MediaPool pool = open(OPTIONS.withProcesses(1).withDeadline(Duration.ofMinutes(5)))) {
            Path file = photo("fault-loop.jpg");

            assertThat(
                            catchThrowableOfType(
                                    MediaChildLost.class,
                                    () -> pool.render(file, "Beach.jpg", SMALL)))
                    .hasMessageContaining("2000 ms of processor time; raise darkroom.media.max-cpu")
                    .extracting(MediaChildLost::kind)
                    .isEqualTo(Kind.OUT_OF_CPU);
        }
    }

    @Test
    void refusesWhatNeedsMoreMemoryThanAChildHasBeforeItIsRead() throws Exception {
        byte[] interlaced = TestPictures.pngBomb(13_000, 13_000);
        interlaced[28] = 1;
        try (MediaPool pool = open(OPTIONS.withProcesses(1))) {
            pool.capabilities();
            Set<Long> before = children();

            for (byte[] bytes :
                    List.of(Bombs.progressive(13_000, 13_000, 1), withSum(interlaced))) {
                Path file = TestPictures.save(directory, "whole", bytes);

                assertThatThrownBy(() -> pool.render(file, "Beach", SMALL))
                        .isInstanceOf(UnreadableMedia.class)
                        .hasMessageContaining("raise darkroom.media.memory-limit");
            }
            assertThat(children()).isEqualTo(before);
        }
    }

    /// Of the header, which was changed.
    private static byte[] withSum(byte[] png) {
        CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
        return png;
    }

    @Test
    void replacesAChildThatDiesWhileIdle() throws Exception {
        try (MediaPool pool = open(OPTIONS.withProcesses(1))) {
            pool.capabilities();
            Set<Long> before = children();
            for (long pid : before) {
                ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
                child.destroyForcibly();
                child.onExit().get(10, TimeUnit.SECONDS);
            }

            assertThat(pool.render(photo("good.jpg"), SMALL).renditions()).hasSize(1);
            assertThat(children()).hasSize(1).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void keepsAWarmChildInReserveOnceOneWasLost() throws Exception {
        try (MediaPool pool = open(OPTIONS.withProcesses(1))) {
            pool.capabilities();
            assertThat(children()).hasSize(1);

            assertThatThrownBy(() -> pool.render(photo("fault-exit.jpg"), SMALL))
                    .isInstanceOf(MediaChildLost.class);

            await().untilAsserted(() -> assertThat(children()).hasSize(2));
        }
        assertThat(children()).isEmpty();
    }

    /// It is the second child that needs too much of the processor.
    @Test
    void blamesNoFileForAChildThatSomebodyElseKilled() throws Exception {
        try (MediaPool pool = open(OPTIONS.withProcesses(1).withDeadline(Duration.ofMinutes(5)));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.capabilities();
            long first = children().iterator().next();
            Watch watch = new Watch(first);
            long before = watch.cpuNanos();
            Path file = photo("fault-loop.jpg");
            Future<MediaChildLost> loss =
                    callers.submit(
                            () ->
                                    catchThrowableOfType(
                                            MediaChildLost.class, () -> pool.render(file, SMALL)));
            await().until(() -> watch.cpuNanos() > before + 500_000_000);

            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            assertThat(loss.get().kind()).isEqualTo(Kind.OUT_OF_CPU);
        }
    }

    @Test
    void poolsThatShareChildrenEndThemTogether() throws Exception {
        MediaPool one = MediaPool.shared(OPTIONS.withProcesses(1));
        try (MediaPool other = MediaPool.shared(OPTIONS.withProcesses(2))) {
            one.render(photo("good.jpg"), SMALL);
            await().untilAsserted(() -> assertThat(children()).hasSize(2));

            one.close();

            assertThat(other.render(photo("good.jpg"), SMALL).renditions()).hasSize(1);
            assertThatThrownBy(() -> one.render(photo("good.jpg"), SMALL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
        assertThat(children()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"good.jpg, 1", "fault-leak.jpg, 2000"})
    void replacesAWornOutChildOnceAnotherIsWarm(String file, int share) throws Exception {
        Path good = photo("good.jpg");
        try (MediaPool pool = open(OPTIONS.withProcesses(1).withRecycleAfter(share))) {
            pool.capabilities();
            long first = children().iterator().next();

            pool.render(photo(file), SMALL);

            // It practises first.
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> {
                                assertThat(pool.render(good, SMALL).renditions()).hasSize(1);
                                assertThat(ProcessHandle.of(first)).isEmpty();
                            });
        }
    }

    @Test
    void letsAnInterruptedCallerGoAtOnce() throws Exception {
        try (MediaPool pool = open(OPTIONS.withProcesses(1))) {
            pool.capabilities();
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread caller =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            pool.render(photo("fault-native-hang.jpg"), SMALL);
                                        } catch (Throwable e) {
                                            outcome.complete(e);
                                        }
                                    });

            caller.interrupt();

            assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            assertThat(pool.render(photo("good.jpg"), SMALL).renditions()).hasSize(1);
        }
    }

    @Test
    void failsTheCallsThatWaitWhenItCloses() throws Exception {
        MediaPool pool = open(OPTIONS.withProcesses(1));
        pool.capabilities();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Throwable>> outcomes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                outcomes.add(
                        callers.submit(
                                () ->
                                        catchThrowableOfType(
                                                Exception.class,
                                                () ->
                                                        pool.render(
                                                                photo("fault-loop.jpg"), SMALL))));
            }

            pool.close();

            for (Future<Throwable> outcome : outcomes) {
                assertThat(outcome.get())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed");
            }
        }
        assertThat(children()).isEmpty();
        assertThatThrownBy(() -> pool.render(photo("good.jpg"), SMALL))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void leavesNoChildWhenItsParentIsKilled() throws Exception {
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PoolHolder.class.getName(),
                                photo("fault-native-hang.jpg").toString(),
                                photo("fault-loop.jpg").toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<ProcessHandle> orphans = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine();
                    line != null && !line.equals("waiting");
                    line = out.readLine()) {
                if (line.matches("[0-9]+")) {
                    ProcessHandle.of(Long.parseLong(line)).ifPresent(orphans::add);
                }
            }
        } finally {
            parent.destroyForcibly().waitFor();
        }

        assertThat(orphans).as("one hangs, one loops, one is idle").hasSize(3);
        for (ProcessHandle orphan : orphans) {
            orphan.onExit().get(10, TimeUnit.SECONDS);
            assertThat(orphan.isAlive()).isFalse();
        }
    }
}
