package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.media.MediaChildLost.Kind;
import dev.darkroom.media.child.TestPictures;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
                    .withDeadline(Duration.ofSeconds(10));

    @TempDir private static Path directory;

    @BeforeAll
    static void allowFaults() {
        System.setProperty(ChildCommand.FAULTS, "true");
    }

    @AfterAll
    static void forbidFaults() {
        System.clearProperty(ChildCommand.FAULTS);
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

    @ParameterizedTest
    @CsvSource({
        "fault-exit, CRASHED",
        "fault-segfault, CRASHED",
        "fault-nonsense, CRASHED",
        "fault-native-hang, TIMED_OUT",
        "fault-loop, TIMED_OUT",
        "fault-heap, OUT_OF_MEMORY",
        "fault-native-memory, OUT_OF_MEMORY"
    })
    void losesOneChildAndServesTheNeighbours(String fault, Kind expected) throws Exception {
        long pid = ProcessHandle.current().pid();
        Path hostile = photo(fault + ".jpg");
        Path good = photo("good.jpg");
        try (MediaPool pool = new MediaPool(OPTIONS);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.capabilities();

            Future<MediaChildLost> lost =
                    callers.submit(
                            () ->
                                    catchThrowableOfType(
                                            MediaChildLost.class,
                                            () -> pool.render(hostile, SMALL)));
            List<Future<Rendered>> neighbours = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                neighbours.add(callers.submit(() -> pool.render(good, SMALL)));
            }

            for (Future<Rendered> neighbour : neighbours) {
                assertThat(neighbour.get().renditions()).hasSize(1);
            }
            assertThat(lost.get().kind()).isEqualTo(expected);
            assertThat(lost.get()).hasMessageStartingWith(fault + ".jpg: ");
            assertThat(pool.render(good, SMALL).renditions()).hasSize(1);
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
                TestPictures.save(
                        directory, "turned.jpg", TestPictures.withOrientation(stored, 6));
        try (MediaPool pool =
                new MediaPool(OPTIONS.withProcesses(1).withNativeDecoders(nativeDecoders))) {
            RenderRequest wanted =
                    new RenderRequest(List.of(new RenderSize("rendition", 512)), 95);
            Rendition rendition = pool.render(photo, wanted).renditions().getFirst();

            RgbPicture pixels = pool.pixels(photo, "turned.jpg", 512);

            assertThat(pixels).extracting(RgbPicture::width, RgbPicture::height)
                    .containsExactly(384, 512);
            BufferedImage drawn = TestPictures.decode(rendition.jpeg());
            for (int at : List.of(50 * 384 + 50, 50 * 384 + 330, 450 * 384 + 50)) {
                int argb = drawn.getRGB(at % 384, at / 384);
                assertThat(pixels.rgb()[3 * at] & 0xff).isCloseTo(argb >> 16 & 0xff, within(6));
                assertThat(pixels.rgb()[3 * at + 1] & 0xff).isCloseTo(argb >> 8 & 0xff, within(6));
                assertThat(pixels.rgb()[3 * at + 2] & 0xff).isCloseTo(argb & 0xff, within(6));
            }
        }
    }

    @Test
    void saysWhichLimitWasHitAndHowToRaiseIt() throws Exception {
        try (MediaPool pool =
                new MediaPool(OPTIONS.withProcesses(1).withDeadline(Duration.ofSeconds(1)))) {
            pool.capabilities();
            assertThatThrownBy(() -> pool.render(photo("fault-loop.jpg"), "Beach.jpg", SMALL))
                    .hasMessageContaining("Beach.jpg")
                    .hasMessageContaining("1000 ms")
                    .hasMessageContaining("raise darkroom.media.deadline");
        }
        try (MediaPool pool = new MediaPool(OPTIONS.withProcesses(1))) {
            assertThatThrownBy(() -> pool.render(photo("fault-heap.jpg"), "Beach.jpg", SMALL))
                    .hasMessageContaining("128 MiB")
                    .hasMessageContaining("raise darkroom.media.heap");
        }
    }

    @Test
    void probesAPhotoWithHostileMetadataWithoutIt() throws Exception {
        try (MediaPool pool = new MediaPool(OPTIONS.withProcesses(1))) {
            MediaFacts facts = pool.probe(photo("fault-metadata.jpg"), "Beach.jpg");

            assertThat(facts.width()).isEqualTo(800);
            assertThat(facts.warnings())
                    .singleElement()
                    .asString()
                    .contains("metadata could not be read");
        }
    }

    @Test
    void replacesAChildThatDiesWhileIdle() throws Exception {
        try (MediaPool pool = new MediaPool(OPTIONS.withProcesses(1))) {
            pool.capabilities();
            Set<Long> before = children();
            for (long pid : before) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }

            assertThat(pool.render(photo("good.jpg"), SMALL).renditions()).hasSize(1);
            assertThat(children()).hasSize(1).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void replacesAChildAfterItsShareOfCalls() throws Exception {
        Path good = photo("good.jpg");
        try (MediaPool pool = new MediaPool(OPTIONS.withProcesses(1).withRecycleAfter(2))) {
            pool.render(good, SMALL);
            Set<Long> before = children();
            pool.render(good, SMALL);

            pool.render(good, SMALL);

            assertThat(children()).hasSize(1).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void letsAnInterruptedCallerGoAtOnce() throws Exception {
        try (MediaPool pool = new MediaPool(OPTIONS.withProcesses(1))) {
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
        MediaPool pool = new MediaPool(OPTIONS.withProcesses(1));
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

    @ParameterizedTest
    @ValueSource(strings = {"fault-native-hang.jpg", "fault-loop.jpg", "good.jpg"})
    void leavesNoChildWhenItsParentIsKilled(String file) throws Exception {
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-D" + ChildCommand.FAULTS + "=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PoolHolder.class.getName(),
                                photo(file).toString())
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

        assertThat(orphans).hasSize(2);
        for (ProcessHandle orphan : orphans) {
            orphan.onExit().get(10, TimeUnit.SECONDS);
            assertThat(orphan.isAlive()).isFalse();
        }
    }

    @Test
    void saysWhatItCanRenderAndHowItIsConfined() throws Exception {
        try (MediaPool pool = new MediaPool(OPTIONS.withNativeDecoders(false))) {
            MediaCapabilities capabilities = pool.capabilities();

            assertThat(capabilities.renders("image/jpeg")).isTrue();
            assertThat(capabilities.renders("image/heic")).isFalse();
            assertThat(capabilities.missing())
                    .anyMatch(line -> line.startsWith("HEIC: native decoders are switched off"));
            assertThat(capabilities.confinement()).isNotEmpty();
        }
    }

    @Test
    void tellsAMissingFileFromAnUnreadableOne() throws Exception {
        try (MediaPool pool = new MediaPool(OPTIONS.withProcesses(1))) {
            assertThatThrownBy(() -> pool.probe(directory.resolve("nowhere.jpg"), "nowhere.jpg"))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(
                            () ->
                                    pool.probe(
                                            Files.createFile(directory.resolve("empty.jpg")),
                                            "empty.jpg"))
                    .isInstanceOf(UnreadableMedia.class)
                    .hasMessage("the file is empty");
        }
    }

    @Test
    void readsFilesWithNamesInAnyScript() throws Exception {
        try (MediaPool pool = new MediaPool(OPTIONS.withProcesses(1))) {
            Path file = photo("Größe 写真 📷.jpg");

            assertThat(pool.probe(file, "📷").width()).isEqualTo(800);
        }
    }
}
