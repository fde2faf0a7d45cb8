package dev.darkroom.media.child.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.media.child.TestPictures;
import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against the textbook where nothing is reduced, against our own decoder where something is.
class TurboDecoderTest {

    private static final Optional<TurboDecoder> TURBO = TurboDecoder.load();

    @BeforeAll
    static void requireLibrary() {
        assumeTrue(TURBO.isPresent(), "libturbojpeg is not installed");
    }

    private static SmallPicture read(JpegReader reader, byte[] jpeg, int width, int height)
            throws UnusualJpeg {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = arena.allocate(jpeg.length);
            file.copyFrom(MemorySegment.ofArray(jpeg));
            return reader.read(file, width, height);
        }
    }

    private static SmallPicture read(byte[] jpeg, int width, int height) throws UnusualJpeg {
        return read(TURBO.orElseThrow(), jpeg, width, height);
    }

    /// None of these pictures has a block as large as those that no encoder writes, in which the
    /// library's 16 bits overflow.
    @ParameterizedTest
    @ValueSource(strings = {"11", "11 11 11", "21 11 11", "22 11 11", "12 11 11", "41 11 11"})
    void decodesEverySamplingAsTheTextbookDoes(String sampling) throws Exception {
        for (int[] size : new int[][] {{64, 48}, {61, 47}, {129, 77}, {9, 100}, {1, 1}}) {
            RandomJpeg jpeg = RandomJpeg.of(size[0] * 31L, size[0], size[1], sampling, 3);

            SmallPicture picture = read(jpeg.bytes(), size[0], size[1]);

            JpegDecoderTest.assertAlike(jpeg, picture, 8, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 75, 110, 150, 200, 230, 290, 301})
    void drawsProgressivePicturesAsWeDrawOthers(int width) throws Exception {
        BufferedImage picture = TestPictures.busy(301, 203);
        int height = Math.max(1, width * 203 / 301);

        SmallPicture ours =
                read(new JpegDecoder(), TestPictures.encode(picture, "jpeg"), width, height);
        SmallPicture turbo = read(TestPictures.progressive(picture), width, height);

        List<Plane> planes = List.of(turbo.luminance(), turbo.blueness(), turbo.redness());
        List<Plane> expected = List.of(ours.luminance(), ours.blueness(), ours.redness());
        for (int i = 0; i < planes.size(); i++) {
            assertThat(meanDifference(planes.get(i), expected.get(i))).isLessThan(2);
        }
    }

    private static double meanDifference(Plane one, Plane other) {
        double sum = 0;
        for (int y = 0; y < one.height(); y++) {
            for (int x = 0; x < one.width(); x++) {
                sum += Math.abs(one.at(x, y) - other.at(x, y));
            }
        }
        return sum / (one.width() * one.height());
    }

    @Test
    void leavesWhatIsCutOffToOthers() {
        byte[] whole = TestPictures.progressive(TestPictures.busy(90, 70));

        for (int length = 2; length < whole.length - 2; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part, 40, 31)).isInstanceOf(UnusualJpeg.class);
        }
    }

    @Test
    void survivesEveryFlippedBit() {
        Random random = new Random(12);
        byte[] whole = TestPictures.progressive(TestPictures.busy(90, 70));
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] broken = whole.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                int bit = random.nextInt(8 * broken.length);
                broken[bit / 8] ^= (byte) (1 << bit % 8);
            }
            try {
                assertThat(read(broken, 40, 31).width()).isEqualTo(40);
            } catch (UnusualJpeg e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void isNotToldSizesThatTheFrameHasNot() {
        byte[] jpeg = TestPictures.progressive(TestPictures.busy(90, 70));

        assertThatThrownBy(() -> read(jpeg, 91, 70))
                .isInstanceOf(UnusualJpeg.class)
                .hasMessage("a frame of another size than its header promises");
    }
}
