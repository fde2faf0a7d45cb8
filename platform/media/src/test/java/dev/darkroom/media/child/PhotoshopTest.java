package dev.darkroom.media.child;

import static dev.darkroom.media.child.DeskOfTests.assertColour;
import static dev.darkroom.media.child.DeskOfTests.assertQuarters;
import static dev.darkroom.media.child.TestPictures.quarters;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The merged picture of Photoshop files, in all their colours.
class PhotoshopTest {

    private DeskOfTests desk;

    @BeforeEach
    void open(@TempDir Path folder) {
        desk = new DeskOfTests(folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void showsTheMergedPictureOfAPhotoshopFile(int depth) {
        BufferedImage image = quarters(300, 200);
        byte[][] planes = TestPhotoshop.planes(image);
        if (depth == 16) {
            for (int i = 0; i < 3; i++) {
                byte[] deep = new byte[planes[i].length * 2];
                for (int j = 0; j < planes[i].length; j++) {
                    deep[2 * j] = planes[i][j];
                }
                planes[i] = deep;
            }
        }

        byte[] psd = TestPhotoshop.raw(TestPhotoshop.RGB, depth, 300, 200, planes);

        assertQuarters(desk.drawn(psd), "0123");
        assertThat(desk.probe(psd).mimeType()).isEqualTo("image/vnd.adobe.photoshop");
        assertThat(desk.probe(psd).height()).isEqualTo(200);
    }

    @Test
    void showsPhotoshopFilesInTheirColours() {
        Map<byte[], Integer> seen =
                Map.of(
                        TestPhotoshop.packed(quarters(2_000, 1_500)),
                        0xff0000,
                        TestPhotoshop.raw(TestPhotoshop.GRAY, 8, 40, 30, filled(0x80)),
                        0x808080,
                        TestPhotoshop.raw(TestPhotoshop.INDEXED, 8, 40, 30, filled(7)),
                        0xff8000,
                        TestPhotoshop.raw(
                                TestPhotoshop.CMYK,
                                8,
                                40,
                                30,
                                filled(0),
                                filled(255),
                                filled(255),
                                filled(255)),
                        0x00ffff,
                        TestPhotoshop.raw(
                                TestPhotoshop.LAB,
                                8,
                                40,
                                30,
                                filled(136),
                                filled(208),
                                filled(195)),
                        0xff0000);

        seen.forEach(
                (psd, colour) ->
                        assertColour(desk.drawn(psd), new double[] {0.3, 0.3}, colour, 12));
    }

    private static byte[] filled(int level) {
        byte[] plane = new byte[40 * 30];
        Arrays.fill(plane, (byte) level);
        return plane;
    }

    @Test
    void saysWhatToDoWithAPhotoshopFileWithoutAMergedPicture() {
        byte[] psd = TestPhotoshop.raw(TestPhotoshop.RGB, 8, 4, 4, new byte[16], new byte[16]);
        psd[39] = 3;

        assertThat(desk.refusal(psd)).contains("Maximize Compatibility");
        assertThat(desk.refusal(TestPhotoshop.raw(TestPhotoshop.RGB, 32, 4, 4, new byte[64])))
                .contains("32 bits per channel");
    }
}
