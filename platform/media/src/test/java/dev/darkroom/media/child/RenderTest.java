package dev.darkroom.media.child;

import static dev.darkroom.media.child.TestPictures.busy;
import static dev.darkroom.media.child.TestPictures.decode;
import static dev.darkroom.media.child.TestPictures.encode;
import static dev.darkroom.media.child.TestPictures.jpeg;
import static dev.darkroom.media.child.TestPictures.quarters;
import static dev.darkroom.media.child.TestPictures.save;
import static dev.darkroom.media.child.TestPictures.withOrientation;
import static dev.darkroom.media.child.TestPictures.withPngProfile;
import static dev.darkroom.media.child.TestPictures.withProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.jpeg.JpegDecoder;
import dev.darkroom.media.child.jpeg.TurboDecoder;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every engine must do alike; the native one is tested where libvips is installed.
class RenderTest {

    private static final RenderRequest THREE =
            new RenderRequest(
                    List.of(
                            new RenderSize("small", 150),
                            new RenderSize("medium", 300),
                            new RenderSize("large", 1024)),
                    80);
    private static final long LIMIT = 16_383L * 16_383L;

    @TempDir private Path directory;

    /// The engines under test.
    enum Kind {
        DARKROOM,
        LIBJPEG_TURBO,
        LIBVIPS,
        IMAGEIO;

        Engine engine() {
            if (this == IMAGEIO) {
                return new ImageIoEngine();
            }
            if (this == DARKROOM) {
                return new JpegEngine(List.of(new JpegDecoder()), new ImageIoEngine());
            }
            if (this == LIBJPEG_TURBO) {
                Optional<TurboDecoder> turbo = TurboDecoder.load();
                assumeTrue(turbo.isPresent(), "libturbojpeg is not installed");
                return new JpegEngine(List.of(turbo.orElseThrow()), new ImageIoEngine());
            }
            try {
                return new VipsEngine(Vips.load());
            } catch (Vips.NotHere e) {
                assumeTrue(false, "the native engine is not tested here: " + e.getMessage());
                throw new IllegalStateException(
                        "an assumption has let through what it must not", e);
            }
        }
    }

    private Rendered render(Kind kind, byte[] bytes) throws UnreadableMedia, IOException {
        Engine engine = kind.engine();
        try (MediaFile file = MediaFile.open(save(directory, "picture", bytes))) {
            ContentType type = ContentType.of(file);
            PictureHeader header = PictureHeader.of(file, type);
            header.requireAtMost(LIMIT);
            return engine.render(file, type, header, THREE);
        }
    }

    private BufferedImage large(Kind kind, byte[] bytes) throws UnreadableMedia, IOException {
        return decode(render(kind, bytes).renditions().getLast().bytes());
    }

    private static void assertColour(
            BufferedImage image, double x, double y, int expected, int tolerance) {
        int pixel = image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight()));
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(pixel >> shift & 0xff)
                    .as("%06x at %s, %s should be %06x", pixel & 0xffffff, x, y, expected)
                    .isCloseTo(expected >> shift & 0xff, within(tolerance));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // where red, green, blue and yellow go when the orientation is applied
        "1, 0123",
        "2, 1032",
        "3, 2301",
        "4, 3210",
        "5, 0321",
        "6, 3012",
        "7, 2103",
        "8, 1230"
    })
    void bringsEveryOrientationUpright(int orientation, String clockwise) throws Exception {
        for (Kind kind : Kind.values()) {
            byte[] jpeg = withOrientation(encode(quarters(400, 300), "jpeg"), orientation);

            Rendered rendered = render(kind, jpeg);

            int[] colours = {0xff0000, 0x00ff00, 0x0000ff, 0xffff00};
            double[][] corners = {{0.25, 0.25}, {0.75, 0.25}, {0.75, 0.75}, {0.25, 0.75}};
            for (Rendition rendition : rendered.renditions()) {
                BufferedImage image = decode(rendition.bytes());
                assertThat(image.getWidth() > image.getHeight()).isEqualTo(orientation < 5);
                for (int i = 0; i < 4; i++) {
                    assertColour(
                            image,
                            corners[i][0],
                            corners[i][1],
                            colours[clockwise.charAt(i) - '0'],
                            12);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesAllSizesFromOnePicture(Kind kind) throws Exception {
        Rendered rendered = render(kind, jpeg(2000, 1500));

        assertThat(rendered.renditions())
                .extracting(Rendition::name, Rendition::width, Rendition::height)
                .containsExactly(
                        tuple("small", 150, 113),
                        tuple("medium", 300, 225),
                        tuple("large", 1024, 768));
        for (Rendition rendition : rendered.renditions()) {
            BufferedImage image = decode(rendition.bytes());
            assertThat(image.getWidth()).isEqualTo(rendition.width());
            assertThat(image.getHeight()).isEqualTo(rendition.height());
        }
        assertThat(rendered.thumbHash()).hasSizeBetween(15, 25);
        assertThat(rendered.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void neverEnlarges(Kind kind) throws Exception {
        Rendered rendered = render(kind, jpeg(200, 100));

        assertThat(rendered.renditions())
                .extracting(Rendition::width)
                .containsExactly(150, 200, 200);
    }

    @ParameterizedTest
    @EnumSource
    void rendersASinglePixel(Kind kind) throws Exception {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x3366cc);

        assertColour(large(kind, encode(image, "png")), 0, 0, 0x3366cc, 4);
    }

    @ParameterizedTest
    @EnumSource
    void rendersALongThinPicture(Kind kind) throws Exception {
        Rendered rendered = render(kind, encode(quarters(1, 5000), "png"));

        assertThat(rendered.renditions())
                .extracting(Rendition::height)
                .containsExactly(150, 300, 1024);
        assertThat(rendered.renditions()).extracting(Rendition::width).containsOnly(1);
    }

    @ParameterizedTest
    @EnumSource
    void convertsAProfileToSrgb(Kind kind) throws Exception {
        // In a linear profile the level 55 is the sRGB level 128, nearly.
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 300 * 200; i++) {
            image.setRGB(i % 300, i / 300, 0x373737);
        }

        assertColour(
                large(kind, withProfile(encode(image, "jpeg"), linear)), 0.5, 0.5, 0x808080, 4);
        assertColour(
                large(kind, withPngProfile(encode(image, "png"), linear)), 0.5, 0.5, 0x808080, 4);
        assertColour(large(kind, encode(image, "png")), 0.5, 0.5, 0x373737, 2);
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheGrayOfAGrayPicture(Kind kind) throws Exception {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), (byte) 100);

        assertColour(large(kind, encode(image, "png")), 0.5, 0.5, 0x646464, 2);
        assertColour(large(kind, encode(image, "jpeg")), 0.5, 0.5, 0x646464, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {ColorSpace.CS_sRGB, ColorSpace.CS_GRAY})
    void reducesSixteenBits(int space) throws Exception {
        for (Kind kind : Kind.values()) {
            ColorModel model =
                    new ComponentColorModel(
                            ColorSpace.getInstance(space),
                            false,
                            false,
                            ColorModel.OPAQUE,
                            DataBuffer.TYPE_USHORT);
            WritableRaster raster = model.createCompatibleWritableRaster(80, 60);
            double[] level = {0xc0c0, 0xc0c0, 0xc0c0};
            for (int i = 0; i < 80 * 60; i++) {
                raster.setPixel(i % 80, i / 80, level);
            }

            byte[] png = encode(new BufferedImage(model, raster, false, null), "png");

            assertColour(large(kind, png), 0.5, 0.5, 0xc0c0c0, 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void laysTransparencyOverWhiteButKeepsItInTheThumbHash(Kind kind) throws Exception {
        BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 200; x++) {
                image.setRGB(x, y, x < 100 ? 0x00000000 : 0x80ff0000);
            }
        }

        Rendered rendered = render(kind, encode(image, "png"));

        BufferedImage large = decode(rendered.renditions().getLast().bytes());
        assertColour(large, 0.2, 0.5, 0xffffff, 3);
        assertColour(large, 0.8, 0.5, 0xff7f7f, 4);
        assertThat(rendered.thumbHash()[2] & 0x80).as("the thumbhash's alpha flag").isNotZero();
    }

    @ParameterizedTest
    @EnumSource
    void convertsCmyk(Kind kind) throws Exception {
        // Adobe writes CMYK JPEG inverted: 255 is no ink.
        int[] noCyanNoBlack = {255, 0, 0, 255};
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 64, 4, null);
        for (int i = 0; i < 64 * 64; i++) {
            raster.setPixel(i % 64, i / 64, noCyanNoBlack);
        }
        byte[] adobe = new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        byte[] jpeg = TestPictures.withSegment(encodeRaster(raster), 0xee, adobe);

        BufferedImage large = large(kind, jpeg);

        int pixel = large.getRGB(32, 32);
        assertThat(pixel >> 16 & 0xff).as("red of %06x", pixel & 0xffffff).isGreaterThan(190);
        assertThat(pixel & 0xff).as("blue of %06x", pixel & 0xffffff).isLessThan(90);
    }

    private static byte[] encodeRaster(Raster raster) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = null;
        for (var writers = ImageIO.getImageWritersByFormatName("jpeg"); writers.hasNext(); ) {
            writer = writers.next();
            if (writer.canWriteRasters()) {
                break;
            }
        }
        assumeTrue(writer != null && writer.canWriteRasters(), "no writer for CMYK JPEG is here");
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoMetadataInARendition(Kind kind) throws Exception {
        byte[] exif =
                new TestPictures.Exif()
                        .text(Tiff.MAKE, "SECRETMAKER")
                        .position(
                                "N",
                                new int[] {48, 1, 8, 1, 0, 1},
                                "E",
                                new int[] {11, 1, 34, 1, 0, 1})
                        .segment();
        byte[] jpeg = TestPictures.withSegment(jpeg(1600, 1200), 0xe1, exif);
        byte[] profiled = withProfile(jpeg, ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());

        for (Rendition rendition : render(kind, profiled).renditions()) {
            assertThat(segments(rendition.bytes())).doesNotContain(0xe1, 0xe2, 0xed, 0xfe);
            assertThat(new String(rendition.bytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("SECRET");
        }
    }

    private static List<Integer> segments(byte[] jpeg) {
        List<Integer> markers = new ArrayList<>();
        for (int at = 2;
                (jpeg[at + 1] & 0xff) != 0xda;
                at += 2 + (jpeg[at + 2] & 0xff) * 256 + (jpeg[at + 3] & 0xff)) {
            markers.add(jpeg[at + 1] & 0xff);
        }
        return markers;
    }

    @ParameterizedTest
    @EnumSource
    void showsWhatIsThereOfACutOffJpeg(Kind kind) throws Exception {
        byte[] whole = jpeg(1600, 1200);
        // Whether less than that is worth showing is up to what the decoder makes of it.
        for (int sixteenth = 3; sixteenth < 16; sixteenth++) {
            byte[] part = Arrays.copyOf(whole, whole.length * sixteenth / 16);

            Rendered rendered = render(kind, part);

            assertThat(rendered.warnings()).singleElement().asString().contains("cut off");
            assertColour(decode(rendered.renditions().getLast().bytes()), 0.5, 0.02, midTop(), 40);
        }
    }

    private static int midTop() {
        return busy(1600, 1200).getRGB(800, 24) & 0xffffff;
    }

    @ParameterizedTest
    @EnumSource
    void refusesAJpegOfWhichOnlyTheHeaderIsThere(Kind kind) {
        byte[] whole = jpeg(1600, 1200);

        assertThatThrownBy(() -> render(kind, Arrays.copyOf(whole, 640)))
                .isInstanceOf(UnreadableMedia.class)
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> render(kind, Arrays.copyOf(whole, 20)))
                .isInstanceOf(UnreadableMedia.class)
                .hasMessageContaining("cut off");
    }

    @ParameterizedTest
    @EnumSource
    void refusesACutOffPng(Kind kind) {
        byte[] whole = encode(busy(400, 300), "png");

        for (int sixteenth = 1; sixteenth < 16; sixteenth++) {
            byte[] part = Arrays.copyOf(whole, whole.length * sixteenth / 16);
            assertThatThrownBy(() -> render(kind, part))
                    .isInstanceOf(UnreadableMedia.class)
                    .hasMessageContaining("PNG");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAPngWithAWrongChecksum(Kind kind) {
        byte[] png = encode(busy(40, 30), "png");
        png[60] ^= 1;

        assertThatThrownBy(() -> render(kind, png))
                .isInstanceOf(UnreadableMedia.class)
                .hasMessageContaining("checksum");
    }

    @ParameterizedTest
    @EnumSource
    void refusesABombFromItsHeader(Kind kind) {
        assertThatThrownBy(() -> render(kind, TestPictures.pngBomb(65_535, 65_535)))
                .isInstanceOf(UnreadableMedia.class)
                .hasMessage(
                        "65535 x 65535 pixels is more than the limit of 268 million; raise"
                                + " darkroom.media.max-pixels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp", "tiff"})
    void rendersTheOtherFormatsThatJavaWrites(String format) throws Exception {
        byte[] picture = encode(quarters(400, 300), format);
        for (Kind kind : Kind.values()) {
            if (kind.engine().mimeTypes().contains("image/" + format)) {
                assertColour(large(kind, picture), 0.25, 0.25, 0xff0000, 8);
                assertColour(large(kind, picture), 0.75, 0.75, 0x0000ff, 8);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void toleratesABrokenProfile(Kind kind) throws Exception {
        byte[] jpeg = withProfile(encode(quarters(400, 300), "jpeg"), new byte[200]);

        assertColour(large(kind, jpeg), 0.25, 0.25, 0xff0000, 8);
    }
}
