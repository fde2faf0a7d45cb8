package dev.darkroom.embedding.face;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.inference.RgbImage;
import dev.darkroom.media.RgbPicture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FaceCutTest {
    /// Each pixel says where it is: red across, green down.
    private static final RgbPicture PICTURE = picture(200, 100);

    @Test
    void aFaceIsCutOutWithSomeOfWhatIsAround() {
        RgbImage cut = FaceCut.of(PICTURE, box("0.4", "0.3", "0.1", "0.2"), 240).square();

        // 20 x 20 pixels around (90, 40), half as much again.
        assertThat(cut.width()).isEqualTo(30);
        assertThat(cut.height()).isEqualTo(30);
        assertThat(at(cut, 0, 0)).containsExactly(75, 25);
        assertThat(at(cut, 29, 29)).containsExactly(104, 54);
    }

    @Test
    void atTheEdgeTheSquareStaysInThePicture() {
        RgbImage cut = FaceCut.of(PICTURE, box("0.95", "0.9", "0.05", "0.1"), 240).square();

        assertThat(at(cut, cut.width() - 1, cut.height() - 1)).containsExactly(199, 99);
        RgbImage whole = FaceCut.of(PICTURE, box("0", "0", "1", "1"), 240).square();
        assertThat(whole.width()).isEqualTo(100);
        assertThat(at(whole, 0, 0)).containsExactly(50, 0);
    }

    @Test
    void itIsMadeSmallerButNeverLarger() throws IOException {
        FaceCut cut = FaceCut.of(PICTURE, box("0", "0", "0.5", "1"), 40);

        BufferedImage jpeg = ImageIO.read(new ByteArrayInputStream(cut.jpeg()));
        assertThat(jpeg.getWidth()).isEqualTo(40);
        assertThat(jpeg.getHeight()).isEqualTo(40);
    }

    private static int[] at(RgbImage image, int x, int y) {
        int at = 3 * (y * image.width() + x);
        return new int[] {image.pixels()[at] & 0xff, image.pixels()[at + 1] & 0xff};
    }

    private static Box box(String left, String top, String width, String height) {
        return new Box(
                new BigDecimal(left),
                new BigDecimal(top),
                new BigDecimal(width),
                new BigDecimal(height));
    }

    private static RgbPicture picture(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rgb[3 * (y * width + x)] = (byte) x;
                rgb[3 * (y * width + x) + 1] = (byte) y;
            }
        }
        return new RgbPicture(width, height, rgb);
    }
}
