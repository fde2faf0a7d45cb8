package dev.darkroom.media.child.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.media.child.TestPictures;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against Java's own decoder.
class JpegEncoderTest {

    /// Waves, so that neighbouring pixels have to do with each other.
    private static SmallPicture waves(int width, int height) {
        SmallPicture picture = SmallPicture.empty(width, height);
        fill(picture.luminance(), 0.05, 90);
        fill(picture.blueness(), 0.02, 30);
        fill(picture.redness(), 0.03, 30);
        return picture;
    }

    private static void fill(Plane plane, double step, double size) {
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                plane.samples()[y * plane.stride() + x] =
                        (byte) (128 + size * Math.sin(x * step) * Math.cos(y * step * 0.7));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "8, 8", "16, 16", "17, 15", "150, 113", "300, 225", "1, 200", "333, 2"})
    void writesPicturesThatAnyDecoderReads(int width, int height) {
        SmallPicture picture = waves(width, height);

        BufferedImage read = TestPictures.decode(JpegEncoder.encode(picture, 95));

        assertThat(read.getWidth()).isEqualTo(width);
        assertThat(read.getHeight()).isEqualTo(height);
        int[] argb = picture.argb();
        for (int i = 0; i < argb.length; i++) {
            int pixel = read.getRGB(i % width, i / width);
            assertThat(pixel >> 8 & 0xff).isCloseTo(argb[i] >> 8 & 0xff, within(12));
        }
    }

    @Test
    void writesNoiseToo() throws Exception {
        SmallPicture picture = SmallPicture.empty(120, 90);
        new Random(3).nextBytes(picture.luminance().samples());
        new Random(4).nextBytes(picture.blueness().samples());
        new Random(5).nextBytes(picture.redness().samples());

        BufferedImage read = TestPictures.decode(JpegEncoder.encode(picture, 100));

        assertThat(read.getWidth()).isEqualTo(120);
    }

    @Test
    void takesFewerBytesForLessQuality() {
        SmallPicture picture = waves(640, 480);

        int poor = JpegEncoder.encode(picture, 30).length;
        int good = JpegEncoder.encode(picture, 90).length;

        assertThat(poor).isLessThan(good);
    }
}
