package dev.darkroom.inference.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.fixture.OddModels;
import dev.darkroom.inference.fixture.Pictures;
import dev.darkroom.inference.layout.Plan;
import dev.darkroom.inference.picture.Channels;
import dev.darkroom.inference.picture.Filter;
import dev.darkroom.inference.picture.Normalisation;
import dev.darkroom.inference.picture.Preparation;
import dev.darkroom.inference.picture.Preparation.Fit;
import dev.darkroom.inference.picture.Preparation.Rounding;
import dev.darkroom.inference.runtime.NativeLibraries;
import dev.darkroom.inference.runtime.Turns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A graph that answers with one pixel shows where each pixel lands, in which order, and as what.
class PixelsTest {
    /// Red grows to the right, green downwards; blue is different from both.
    private static final RgbImage PICTURE =
            Pictures.of(40, 20, (x, y) -> (5 * x) << 16 | (10 * y) << 8 | 0x11);

    private static final Channels MEAN = new Channels(0.1f, 0.2f, 0.3f);
    private static final Channels STD = new Channels(0.5f, 0.25f, 2);

    @TempDir private Path folder;

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final Turns turns = new Turns(1, Duration.ofMinutes(1), clock);

    @BeforeAll
    static void nativeLibraries() {
        NativeLibraries.unpackInto(Path.of("target", "native").toAbsolutePath());
    }

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    @Test
    void aPixelKeepsItsPlaceItsOrderAndItsNumbers() {
        // The middle 20 x 20 of 40 x 20 starts at x = 10.
        float[] pixel = pixel(3, 7);

        assertThat(pixel)
                .containsExactly(
                        new float[] {
                            (5 * 13 / 255f - 0.1f) / 0.5f,
                            (10 * 7 / 255f - 0.2f) / 0.25f,
                            (0x11 / 255f - 0.3f) / 2
                        },
                        within(1e-5f));
    }

    @Test
    void swappedColoursWouldBeSeen() {
        float[] pixel = pixel(3, 7);

        assertThat(pixel[0]).isNotCloseTo((0x11 / 255f - 0.1f) / 0.5f, within(0.1f));
        assertThat(pixel[2]).isNotCloseTo((5 * 13 / 255f - 0.3f) / 2, within(0.05f));
    }

    @Test
    void everyPictureOfABatchHasItsOwnRow() {
        List<RgbImage> pictures =
                IntStream.range(0, 19).mapToObj(i -> Pictures.plain(20, 20, 10 * i, 0, 0)).toList();
        try (VisionTower tower = tower(0, 0)) {
            List<float[]> rows = tower.rows(pictures);

            for (int i = 0; i < 19; i++) {
                assertThat(rows.get(i)[0]).isCloseTo((10 * i / 255f - 0.1f) / 0.5f, within(1e-5f));
            }
        }
    }

    private float[] pixel(int x, int y) {
        try (VisionTower tower = tower(x, y)) {
            return tower.rows(List.of(PICTURE)).getFirst();
        }
    }

    private VisionTower tower(int x, int y) {
        Path graph = folder.resolve("pixel.onnx");
        OddModels.onePixel(graph, x, y);
        Preparation preparation =
                new Preparation(
                        Fit.SHORTEST,
                        20,
                        20,
                        20,
                        20,
                        Filter.BICUBIC,
                        Rounding.DOWN,
                        new Normalisation(Normalisation.UNIT, MEAN, STD));
        return VisionTower.open(
                new Plan.Vision(graph, preparation, null, null, null, "a test"), turns);
    }
}
