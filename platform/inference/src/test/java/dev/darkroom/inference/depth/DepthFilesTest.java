package dev.darkroom.inference.depth;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DepthFilesTest {
    private static final DepthMap MAP =
            DepthMap.of(3, 2, new float[] {-1, 0, 1, 2, 2.5f, 3}, 14, 14, "m@1");

    @Test
    void sixteenBitsFromTheSmallestToTheLargest() throws IOException {
        DepthFile file = DepthFiles.write(MAP, DepthFormat.PNG);

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file.bytes()));
        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_USHORT_GRAY);
        int[] greys = image.getRaster().getPixels(0, 0, 3, 2, (int[]) null);
        assertThat(greys).containsExactly(0, 16384, 32768, 49151, 57343, 65535);
        assertThat(file.parameters()).containsEntry("min", -1f).containsEntry("max", 3f);
    }

    @Test
    void aFlatMapIsBlackAndSaysItsValue() throws IOException {
        DepthMap flat = DepthMap.of(2, 1, new float[] {7, 7}, 14, 14, "m@1");

        DepthFile file = DepthFiles.write(flat, DepthFormat.PNG);

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file.bytes()));
        assertThat(image.getRaster().getPixels(0, 0, 2, 1, (int[]) null)).containsExactly(0, 0);
        assertThat(file.parameters()).containsEntry("min", 7f).containsEntry("max", 7f);
    }

    @Test
    void numpyGetsTheExactNumbers() {
        byte[] bytes = DepthFiles.write(MAP, DepthFormat.NPY).bytes();

        assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
                .endsWith("\n");
        assertThat(floats(bytes, 128)).containsExactly(MAP.values());
    }

    @Test
    void rawNumbersComeWithTheirJson() {
        DepthFile file = DepthFiles.write(MAP, DepthFormat.RAW);

        assertThat(floats(file.bytes(), 0)).containsExactly(MAP.values());
        assertThat(file.sidecar().orElseThrow())
                .contains("\"width\":3", "\"height\":2", "float32, little-endian");
    }

    /// The file was read by OpenEXR's own exrheader and by ImageMagick when this was written.
    @Test
    void openExrGetsOneChannelOfFloats() {
        byte[] bytes = DepthFiles.write(MAP, DepthFormat.EXR).bytes();
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(file.getInt(0)).isEqualTo(20000630);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains("channels\0chlist\0", "Y\0", "dataWindow\0box2i\0");
        int firstLine = (int) file.getLong(bytes.length - 2 * (8 + 12) - 2 * 8);
        assertThat(file.getInt(firstLine)).isZero();
        assertThat(file.getInt(firstLine + 4)).isEqualTo(12);
        assertThat(file.getFloat(firstLine + 8)).isEqualTo(-1);
        assertThat(file.getFloat(firstLine + 20 + 16)).isEqualTo(3);
        assertThat(firstLine + 40).isEqualTo(bytes.length);
    }

    @ParameterizedTest
    @EnumSource
    void theSameMapIsTheSameFile(DepthFormat format) {
        DepthFile first = DepthFiles.write(MAP, format);
        DepthFile second = DepthFiles.write(MAP, format);

        assertThat(first.sha256()).isEqualTo(second.sha256()).hasSize(64);
        assertThat(DepthFormat.of(format.extension())).isEqualTo(format);
    }

    private static float[] floats(byte[] bytes, int from) {
        float[] numbers = new float[(bytes.length - from) / 4];
        ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, bytes.length))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(numbers);
        return numbers;
    }
}
