package dev.darkroom.media.child;

import static dev.darkroom.media.child.DeskOfTests.MIDDLE;
import static dev.darkroom.media.child.DeskOfTests.ONE;
import static dev.darkroom.media.child.DeskOfTests.assertColour;
import static dev.darkroom.media.child.DeskOfTests.assertQuarters;
import static dev.darkroom.media.child.DeskOfTests.requireDecoder;
import static dev.darkroom.media.child.DeskOfTests.vips;
import static dev.darkroom.media.child.DeskOfTests.written;
import static dev.darkroom.media.child.TestPictures.encode;
import static dev.darkroom.media.child.TestPictures.jpeg;
import static dev.darkroom.media.child.TestPictures.quarters;
import static dev.darkroom.media.child.TestPictures.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.TiffFile.Entry;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every still format by the way a file takes: recognised from its bytes, probed, drawn. Formats
/// that only libvips decodes are skipped where it is not installed.
class FormatsTest {

    private DeskOfTests desk;

    @BeforeEach
    void open(@TempDir Path folder) {
        desk = new DeskOfTests(folder);
    }

    @Test
    void refusesAJpegOfTwelveBitsByItsName() {
        byte[] jpeg = jpeg(64, 48);
        JpegFrame frame = frame(jpeg);
        assertThat(frame.bits()).isEqualTo(8);
        for (int at = 2; ; at += 2 + (jpeg[at + 2] & 0xff) * 256 + (jpeg[at + 3] & 0xff)) {
            if ((jpeg[at + 1] & 0xff) == 0xc0) {
                jpeg[at + 1] = (byte) 0xc1;
                jpeg[at + 4] = 12;
                break;
            }
        }

        assertThat(desk.refusal(jpeg))
                .contains("12 bits per sample")
                .contains("save it as 8-bit JPEG");
        assertThat(desk.probe(jpeg).width()).isEqualTo(64);
    }

    private JpegFrame frame(byte[] jpeg) {
        try (MediaFile file = MediaFile.open(save(desk.directory(), "frame", jpeg))) {
            return JpegFrame.at(file, 0).orElseThrow();
        } catch (IOException | UnreadableMedia e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void showsTheBasePictureOfAnUltraHdrJpeg() {
        byte[] index = "MPF\0II*\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] base = TestPictures.withSegment(encode(quarters(400, 300), "jpeg"), 0xe2, index);
        byte[] gain = jpeg(100, 75);
        byte[] both = Arrays.copyOf(base, base.length + gain.length);
        System.arraycopy(gain, 0, both, base.length, gain.length);

        assertQuarters(desk.drawn(both), "0123");
        assertThat(desk.probe(both).width()).isEqualTo(400);
    }

    @Test
    void showsCmykWhateverItsProfileIsWorth() throws IOException {
        // 255 is no ink, as Adobe writes.
        byte[] paper = cmykJpeg(new int[] {255, 255, 255, 255});
        byte[] cyan = cmykJpeg(new int[] {0, 255, 255, 255});

        assertColour(desk.drawn(paper), MIDDLE, 0xffffff, 8);
        assertColour(desk.drawn(cyan), MIDDLE, 0x00b0f0, 80);
        assertColour(
                desk.drawn(TestPictures.withProfile(paper, new byte[200])), MIDDLE, 0xffffff, 8);
        byte[] rgb = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        assertColour(desk.drawn(TestPictures.withProfile(paper, rgb)), MIDDLE, 0xffffff, 8);
    }

    private static byte[] cmykJpeg(int[] pixel) throws IOException {
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 64, 4, null);
        for (int i = 0; i < 64 * 64; i++) {
            raster.setPixel(i % 64, i / 64, pixel);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = rasterWriter();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        }
        byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        return TestPictures.withSegment(bytes.toByteArray(), 0xee, adobe);
    }

    private static ImageWriter rasterWriter() {
        for (var all = ImageIO.getImageWritersByFormatName("jpeg"); all.hasNext(); ) {
            ImageWriter writer = all.next();
            if (writer.canWriteRasters()) {
                return writer;
            }
        }
        assumeTrue(false, "no writer for CMYK JPEG is here");
        throw new IllegalStateException("an assumption has let through what it must not");
    }

    @Test
    void showsTheFirstFrameOfAnimations() throws IOException {
        BufferedImage first = quarters(120, 90);
        byte[] gif = sequence("gif", null, first, TestPictures.busy(120, 90));
        byte[] still = encode(first, "png");
        byte[] control = ByteBuffer.allocate(26).putInt(4, 120).putInt(8, 90).array();
        byte[] apng =
                TestPictures.withChunk(
                        TestPictures.withChunk(still, "fcTL", control),
                        "acTL",
                        new byte[] {0, 0, 0, 2, 0, 0, 0, 0});

        assertQuarters(desk.drawn(gif), "0123");
        assertQuarters(desk.drawn(apng), "0123");
    }

    @Test
    void showsTheFirstFrameOfAnAnimatedWebp() {
        requireDecoder("image/webp");
        byte[] first = written(quarters(120, 90), PictureFormat.WEBP);
        byte[] second = written(TestPictures.busy(120, 90), PictureFormat.WEBP);

        byte[] animated = animatedWebp(120, 90, first, second);

        assertQuarters(desk.drawn(animated), "0123");
        assertThat(desk.probe(animated).width()).isEqualTo(120);
    }

    private static byte[] animatedWebp(int width, int height, byte[]... stills) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        ByteBuffer extended = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).put((byte) 2);
        extended.putInt(4, width - 1).putShort(7, (short) (height - 1));
        body.writeBytes(chunk("VP8X", extended.array()));
        body.writeBytes(chunk("ANIM", new byte[6]));
        for (byte[] still : stills) {
            ByteBuffer frame =
                    ByteBuffer.allocate(16 + still.length - 12).order(ByteOrder.LITTLE_ENDIAN);
            frame.putInt(6, width - 1).putInt(9, height - 1).putInt(12, 100);
            frame.position(16);
            frame.put(still, 12, still.length - 12);
            body.writeBytes(chunk("ANMF", frame.array()));
        }
        return chunk("RIFF", body.toByteArray());
    }

    private static byte[] chunk(String type, byte[] body) {
        return ByteBuffer.allocate(8 + body.length + (body.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(body.length)
                .put(body)
                .array();
    }

    @Test
    void showsSixteenBitPng() {
        BufferedImage deep = new BufferedImage(100, 80, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 8_000; i++) {
            deep.getRaster().setSample(i % 100, i / 100, 0, 0x8000);
        }

        assertColour(desk.drawn(encode(deep, "png")), MIDDLE, 0x808080, 3);
        assertColour(desk.drawn(encode(deep, "tiff")), MIDDLE, 0x808080, 3);
    }

    @Test
    void showsTheFirstPageOfATiffAndTiles() throws IOException {
        ImageWriteParam tiles = writer("tiff", true).getDefaultWriteParam();
        tiles.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
        tiles.setTiling(64, 64, 0, 0);

        byte[] pages = sequence("tiff", null, quarters(200, 150), TestPictures.busy(200, 150));
        byte[] tiled = sequence("tiff", tiles, quarters(200, 150));

        assertQuarters(desk.drawn(pages), "0123");
        assertQuarters(desk.drawn(tiled), "0123");
    }

    private static byte[] sequence(
            String format, @Nullable ImageWriteParam how, BufferedImage... images)
            throws IOException {
        ImageWriter writer = writer(format, how != null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            if (images.length == 1) {
                writer.write(null, new IIOImage(images[0], null, null), how);
            } else {
                writer.prepareWriteSequence(null);
                for (BufferedImage image : images) {
                    writer.writeToSequence(new IIOImage(image, null, null), how);
                }
                writer.endWriteSequence();
            }
        }
        return bytes.toByteArray();
    }

    private static ImageWriter writer(String format, boolean ofTiles) {
        for (var all = ImageIO.getImageWritersByFormatName(format); all.hasNext(); ) {
            ImageWriter writer = all.next();
            if (!ofTiles || writer.getDefaultWriteParam().canWriteTiles()) {
                return writer;
            }
        }
        throw new IllegalStateException("no writer for tiles of " + format);
    }

    @ParameterizedTest
    @CsvSource({
        // photometric interpretation, samples of one pixel, what a person sees
        "5, 0 255 255 0, ff0000, 70", // CMYK: magenta and yellow ink
        "8, 136 80 67, ff0000, 25" // Lab
    })
    void showsTiffInOtherColours(int photometric, String samples, String seen, int near) {
        if (photometric == 8) {
            requireDecoder("image/heic"); // Java knows no Lab
        }
        String[] levels = samples.split(" ", -1);
        byte[] pixel = new byte[levels.length];
        for (int i = 0; i < pixel.length; i++) {
            pixel[i] = (byte) Integer.parseInt(levels[i]);
        }

        byte[] tiff = tiff(photometric, pixel);

        assertColour(desk.drawn(tiff), MIDDLE, Integer.parseInt(seen, 16), near);
    }

    private static byte[] tiff(int photometric, byte[] pixel) {
        byte[] data = new byte[32 * 32 * pixel.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = pixel[i % pixel.length];
        }
        int[] bits = new int[pixel.length];
        Arrays.fill(bits, 8);
        TiffFile file = TiffFile.plain();
        long strip = file.blob(data);
        return file.file(
                file.directory(
                        0,
                        Entry.shorts(0x100, 32),
                        Entry.shorts(0x101, 32),
                        Entry.shorts(0x102, bits),
                        Entry.shorts(0x103, 1),
                        Entry.shorts(0x106, photometric),
                        Entry.number(0x111, strip),
                        Entry.shorts(0x115, pixel.length),
                        Entry.shorts(0x116, 32),
                        Entry.number(0x117, data.length)));
    }

    @ParameterizedTest
    @CsvSource({
        "image/jxl, Jxl, vips_jxlsave_buffer",
        "image/jp2, Jp2k, vips_jp2ksave_buffer",
        "image/avif, '', ''",
        "image/webp, '', ''"
    })
    void showsWhatOnlyTheNativeLibraryWrites(String type, String saver, String function) {
        requireDecoder(type);
        byte[] file =
                saver.isEmpty()
                        ? written(
                                quarters(330, 240),
                                PictureFormat.valueOf(
                                        type.substring("image/".length()).toUpperCase(Locale.ROOT)))
                        : vips(quarters(330, 240), saver, function);

        MediaFacts facts = desk.probe(file);

        assertThat(facts.mimeType()).isEqualTo(type);
        assertThat(facts.width()).isEqualTo(330);
        assertThat(facts.height()).isEqualTo(240);
        assertQuarters(desk.drawn(file), "0123");
    }

    @Test
    void refusesJxlAndJp2BombsFromTheirHeaders() {
        byte[] jp2 =
                ByteBuffer.allocate(60)
                        .putInt(0xff4fff51)
                        .putInt(8, 100_000)
                        .putInt(12, 100_000)
                        .putShort(40, (short) 3)
                        .array();
        // Not small, 30 bits of height and width, both 2^20: see JxlHeader.
        byte[] jxl = new byte[20];
        jxl[0] = (byte) 0xff;
        jxl[1] = 0x0a;
        long edge = (1L << 20) - 1;
        long bits = 0b110L | (edge << 3) | (0b11L << 36) | (edge << 38);
        ByteBuffer.wrap(jxl).order(ByteOrder.LITTLE_ENDIAN).putLong(2, bits);

        requireDecoder("image/jxl");
        requireDecoder("image/jp2");
        assertThat(desk.refusal(jp2)).contains("100000 x 100000 pixels").contains("max-pixels");
        assertThat(desk.refusal(jxl)).contains("1048576 x 1048576 pixels").contains("max-pixels");
    }

    @Test
    void saysWhichDecoderIsMissing() {
        Desk java = new Desk(new Request.Hello(Frames.VERSION, 1_000_000, 4_096, 2_000, false));
        byte[] jxl = {(byte) 0xff, 0x0a, 0x41, 0, 0, 0, 0, 0, 0, 0, 0, 0};

        Reply reply = java.answer(new Request.Render(save(desk.directory(), "a.jxl", jxl), ONE));

        assertThat(reply)
                .isInstanceOf(Reply.NoDecoder.class)
                .asString()
                .contains("no decoder for JPEG XL")
                .contains("install libvips");
    }
}
