package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.darkroom.media.child.Faults;
import dev.darkroom.media.child.TestPictures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One child reads with our own code, and never meets the file that takes the other one down.
class MediaLanesIT {
    private static final RenderRequest SMALL =
            new RenderRequest(List.of(new RenderSize("small", 150)), 80);
    private static final MediaOptions OPTIONS = MediaOptions.defaults().withProcesses(1);

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

    @Test
    void drawsAPhotoWhileANativeDecoderHangs() throws Exception {
        Path hostile =
                TestPictures.save(
                        directory,
                        "native-fault-native-hang.png",
                        TestPictures.encode(TestPictures.quarters(80, 60), "png"));
        MediaOptions options = OPTIONS.withDeadline(Duration.ofMinutes(5));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                MediaPool pool = open(options)) {
            Path good = photo("good.jpg");
            pool.render(good, SMALL);
            Set<Long> before = children();
            Future<?> hung = callers.submit(() -> pool.render(hostile, SMALL));
            await().untilAsserted(() -> assertThat(children()).hasSize(2));

            for (int i = 0; i < 20; i++) {
                assertThat(pool.render(good, SMALL).engine()).isEqualTo("Darkroom JPEG");
            }

            assertThat(hung.isDone()).isFalse();
            assertThat(children()).containsAll(before);
        }
        assertThat(children()).isEmpty();
    }

    @Test
    void drawsWithNativeDecodersWhatOursDoNotRead() throws Exception {
        try (MediaPool pool = open(OPTIONS)) {
            byte[] picture = TestPictures.encode(TestPictures.quarters(80, 60), "png");
            Path good = TestPictures.save(directory, "good.png", picture);
            Path hostile = TestPictures.save(directory, "native-fault-exit.png", picture);

            assertThat(pool.render(good, SMALL).renditions()).hasSize(1);
            assertThatThrownBy(() -> pool.render(hostile, "Beach.png", SMALL))
                    .isInstanceOf(MediaChildLost.class)
                    .hasMessageStartingWith("Beach.png: ")
                    .hasMessageContaining("exit code 42");
            assertThat(pool.pixels(good, "good.png", 40).width()).isEqualTo(40);
        }
    }

    @Test
    void startsNoNativeDecoderForCameraPhotos() throws Exception {
        try (MediaPool pool = open(OPTIONS)) {
            Path good = photo("good.jpg");

            assertThat(pool.probe(good, "good.jpg").width()).isEqualTo(800);
            assertThat(pool.render(good, SMALL).renditions()).hasSize(1);
            assertThat(pool.pixels(good, "good.jpg", 40).width()).isEqualTo(40);

            assertThat(children()).hasSize(1);
        }
    }
}
