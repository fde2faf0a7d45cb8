package dev.darkroom.media.child.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.media.child.TestPictures;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against the textbook: transform, filter and rounding written out plainly.
class JpegDecoderTest {

    private static SmallPicture decode(byte[] jpeg, int width, int height) throws UnusualJpeg {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = arena.allocate(jpeg.length);
            file.copyFrom(MemorySegment.ofArray(jpeg));
            return new JpegDecoder().read(file, width, height);
        }
    }

    private static List<Plane> planes(SmallPicture picture) {
        return List.of(picture.luminance(), picture.blueness(), picture.redness());
    }

    @ParameterizedTest
    @CsvSource({
        "11, 0", "11, 3", "11 11 11, 0", "11 11 11, 5", "21 11 11, 0", "21 11 11, 4",
        "22 11 11, 0", "22 11 11, 1", "22 11 11, 7", "12 11 11, 0", "41 11 11, 2", "22 21 12, 0"
    })
    void decodesEverySamplingAsTheTextbookDoes(String sampling, int interval) throws Exception {
        for (int[] size : new int[][] {{64, 48}, {61, 47}, {131, 77}, {9, 100}, {1, 1}}) {
            RandomJpeg jpeg = RandomJpeg.of(size[0] * 31L, size[0], size[1], sampling, interval);

            SmallPicture picture = decode(jpeg.bytes(), size[0], size[1]);

            assertAlike(jpeg, picture);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 15, 23, 30, 38, 46, 54, 61, 70, 77, 90, 105, 120})
    void decodesAtEveryScaleAsTheTextbookDoes(int width) throws Exception {
        for (String sampling : List.of("11", "22 11 11", "21 11 11", "11 11 11")) {
            RandomJpeg jpeg = RandomJpeg.of(width, 123, 94, sampling, 2);

            SmallPicture picture = decode(jpeg.bytes(), width, Math.max(1, width * 94 / 123));

            assertAlike(jpeg, picture);
        }
    }

    private static void assertAlike(RandomJpeg jpeg, SmallPicture picture) {
        assertAlike(jpeg, picture, 1, 1);
    }

    /// @param leastScale in eighths, that its components are decoded at
    /// @param near the largest difference between two samples
    static void assertAlike(RandomJpeg jpeg, SmallPicture picture, int leastScale, double near) {
        for (int i = 0; i < jpeg.channels().size(); i++) {
            RandomJpeg.Channel channel = jpeg.channels().get(i);
            Plane plane = planes(picture).get(i);
            int scale = leastScale;
            while (scale < 8
                    && (channel.width() * scale / 8 < 1.19 * plane.width()
                            || channel.height() * scale / 8 < 1.19 * plane.height())) {
                scale++;
            }
            double[][] expected =
                    filtered(
                            channel.pixels(scale),
                            channel.width() * scale / 8,
                            channel.height() * scale / 8,
                            plane.width(),
                            plane.height());
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.width(); x++) {
                    assertThat((double) plane.at(x, y))
                            .as("component %d at %d, %d", i, x, y)
                            .isCloseTo(expected[y][x], within(near));
                }
            }
        }
    }

    private static double[][] filtered(
            double[][] pixels, double width, double height, int newWidth, int newHeight) {
        int rows = (int) Math.ceil(height);
        int columns = (int) Math.ceil(width);
        double[][] tall = new double[newWidth][rows];
        double[] line = new double[columns];
        for (int y = 0; y < rows; y++) {
            System.arraycopy(pixels[y], 0, line, 0, columns);
            for (int x = 0; x < newWidth; x++) {
                tall[x][y] = sample(line, width, newWidth, x);
            }
        }
        double[][] small = new double[newHeight][newWidth];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                small[y][x] = Math.clamp(sample(tall[x], height, newHeight, y), 0, 255);
            }
        }
        return small;
    }

    private static double sample(double[] line, double extent, int target, int index) {
        double ratio = extent / target;
        double centre = (index + 0.5) * ratio - 0.5;
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < line.length; i++) {
            double x = (i - centre) / Math.max(1, ratio);
            double weight =
                    Math.abs(x) >= 3
                            ? 0
                            : Math.abs(x) < 1e-9
                                    ? 1
                                    : 3
                                            * Math.sin(Math.PI * x)
                                            * Math.sin(Math.PI * x / 3)
                                            / (Math.PI * Math.PI * x * x);
            sum += weight * line[i];
            weights += weight;
        }
        return sum / weights;
    }

    @Test
    void readsLuminanceAsJavasOwnDecoderDoes() throws Exception {
        for (byte[] jpeg : List.of(TestPictures.jpeg(64, 48), TestPictures.jpeg(203, 157))) {
            ImageReader reader = standardReader();
            reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg)));
            Raster raster = reader.readRaster(0, null);

            SmallPicture picture = decode(jpeg, raster.getWidth(), raster.getHeight());

            for (int y = 0; y < raster.getHeight(); y++) {
                for (int x = 0; x < raster.getWidth(); x++) {
                    assertThat(picture.luminance().at(x, y))
                            .isCloseTo(raster.getSample(x, y, 0), within(2));
                }
            }
        }
    }

    private static ImageReader standardReader() {
        for (var readers = ImageIO.getImageReadersByFormatName("jpeg"); readers.hasNext(); ) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.")) {
                return reader;
            }
        }
        throw new IllegalStateException("Java has no JPEG decoder");
    }

    @Test
    void leavesWhatIsCutOffToOthers() {
        byte[] whole = RandomJpeg.of(7, 90, 70, "22 11 11", 0).bytes();

        for (int length = 2; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decode(part, 40, 31)).isInstanceOf(UnusualJpeg.class);
        }
    }

    @Test
    void survivesEveryFlippedBit() {
        Random random = new Random(11);
        int refused = 0;
        for (int interval : new int[] {0, 2}) {
            byte[] whole = RandomJpeg.of(3, 90, 70, "21 11 11", interval).bytes();
            for (int i = 0; i < 5_000; i++) {
                byte[] broken = whole.clone();
                for (int flips = random.nextInt(3); flips >= 0; flips--) {
                    int bit = random.nextInt(8 * broken.length);
                    broken[bit / 8] ^= (byte) (1 << bit % 8);
                }
                try {
                    assertThat(decode(broken, 40, 31).width()).isEqualTo(40);
                } catch (UnusualJpeg e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void refusesTwelveBits() {
        byte[] jpeg = RandomJpeg.of(1, 16, 16, "11", 0).bytes();
        jpeg[2 + 69 + 4] = 12;

        assertThatThrownBy(() -> decode(jpeg, 16, 16))
                .isInstanceOf(UnusualJpeg.TooDeep.class)
                .hasMessage("12 bits per sample");
    }
}
