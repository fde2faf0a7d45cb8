package dev.darkroom.media.child;

import static dev.darkroom.media.child.Samples.box;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Boxes written by hand: the size and the turns of the primary picture, found among others.
class HeifHeaderTest {

    @TempDir private Path directory;

    private static byte[] size(int width, int height) {
        return box("ispe", ByteBuffer.allocate(12).putInt(0).putInt(width).putInt(height).array());
    }

    private static byte[] heic(byte[] irot, byte[] primary) {
        byte[] brand = box("ftyp", "heic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1));
        byte[] properties = box("ipco", size(512, 512), size(4032, 3024), irot);
        byte[] associations =
                box("ipma", new byte[] {0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 1, 1, 0, 49, 2, 2, 3});
        byte[] named = box("pitm", primary);
        return ByteBuffer.allocate(4096)
                .put(brand)
                .put(box("meta", new byte[4], named, box("iprp", properties, associations)))
                .array();
    }

    private PictureHeader read(byte[] bytes) throws Exception {
        try (MediaFile file = MediaFile.open(TestPictures.save(directory, "picture", bytes))) {
            ContentType type = ContentType.of(file);
            assertThat(type.mimeType()).isEqualTo("image/heic");
            return PictureHeader.of(file, type);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 8", "2, 3", "3, 6"})
    void findsSizeAndTurnOfThePrimaryPicture(int quartersLeft, int orientation) throws Exception {
        byte[] irot = box("irot", new byte[] {(byte) quartersLeft});

        PictureHeader header = read(heic(irot, new byte[] {0, 0, 0, 0, 0, 49}));

        assertThat(header.width()).isEqualTo(4032);
        assertThat(header.height()).isEqualTo(3024);
        assertThat(header.orientation()).isEqualTo(orientation);
    }

    @Test
    void refusesAFileThatNamesNoPicture() {
        byte[] irot = box("irot", new byte[1]);

        assertThatThrownBy(() -> read(heic(irot, new byte[] {0, 0, 0, 0, 0, 7})))
                .hasMessageContaining("HEIF is corrupt");
    }
}
