package dev.darkroom.media.child;

import static dev.darkroom.media.child.TestPictures.encode;
import static dev.darkroom.media.child.TestPictures.quarters;
import static dev.darkroom.media.child.TestPictures.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table in `docs/formats.md` is what really comes of a file of each format: recognised, probed
/// and drawn. Run with `-Dsnapshots=write` to renew it.
class FormatTableTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "formats.md");
    private static final String BEGIN = "<!-- table -->\n";
    private static final String END = "<!-- end of table -->";

    private static final RenderRequest ONE =
            new RenderRequest(List.of(new RenderSize("small", 100)), 80);

    private static final byte[] EXIF =
            new TestPictures.Exif()
                    .text(Tiff.MAKE, "Maker")
                    .text(0x110, "Model")
                    .text(0x9003, "2024:05:06 07:08:09")
                    .number(Tiff.ORIENTATION, 6)
                    .tiff();

    private static final Desk DESK =
            new Desk(new Request.Hello(Frames.VERSION, 1_000_000_000, 4_096, 2_000, true));

    @TempDir private Path directory;

    @Test
    void isWhatThePageSays() throws IOException {
        assumeTrue(
                DESK.engines().missing().isEmpty(),
                () ->
                        "the page tells of a machine with every decoder: "
                                + DESK.engines().missing());
        StringBuilder table =
                new StringBuilder(
                        """
                        | format | recognised as | size | turned | camera | taken | thumbnail |
                        |---|---|---|---|---|---|---|
                        """);
        for (Map.Entry<String, Supplier<byte[]>> sample : samples().entrySet()) {
            table.append(line(sample.getKey(), sample.getValue().get()));
        }
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        if ("write".equals(System.getProperty("snapshots"))) {
            page = page.substring(0, from) + table + page.substring(to);
            Files.writeString(PAGE, page);
            to = page.indexOf(END);
        }

        assertThat(page.substring(from, to)).isEqualTo(table.toString());
    }

    private String line(String name, byte[] bytes) {
        Path file = save(directory, "sample", bytes);
        Reply probed = DESK.answer(new Request.Probe(file, true));
        if (!(probed instanceof Reply.Probed(MediaFacts facts))) {
            throw new AssertionError(name + ": " + probed);
        }
        Reply drawn = DESK.answer(new Request.Render(file, ONE));
        String thumbnail =
                drawn instanceof Reply.Drawn picture
                        ? (facts.isRaw() ? "embedded preview, " : "")
                                + picture.rendered().engine().replaceFirst(" [0-9].*", "")
                        : "no: " + drawn;
        return "| %s | `%s` | %s | %s | %s | %s | %s |%n"
                .formatted(
                        name,
                        facts.mimeType(),
                        yes(facts.width() != null && facts.height() != null),
                        yes(facts.orientation() == 6),
                        yes(facts.cameraMake() != null),
                        yes(facts.takenAt() != null),
                        thumbnail);
    }

    private static String yes(boolean there) {
        return there ? "yes" : "";
    }

    private static Map<String, Supplier<byte[]>> samples() {
        Map<String, Supplier<byte[]>> samples = new LinkedHashMap<>();
        samples.put("JPEG", () -> TestPictures.withSegment(plain("jpeg"), 0xe1, segment()));
        samples.put("PNG, APNG", () -> TestPictures.withChunk(plain("png"), "eXIf", EXIF));
        samples.put("GIF", () -> plain("gif"));
        samples.put("WebP", () -> webp(written(PictureFormat.WEBP)));
        samples.put("TIFF", FormatTableTest::tiff);
        samples.put("BMP", () -> plain("bmp"));
        samples.put("AVIF", () -> written(PictureFormat.AVIF));
        samples.put(
                "JPEG XL",
                () -> jxl(DeskOfTests.vips(quarters(64, 48), "Jxl", "vips_jxlsave_buffer")));
        samples.put(
                "JPEG 2000",
                () -> jp2(DeskOfTests.vips(quarters(64, 48), "Jp2k", "vips_jp2ksave_buffer")));
        samples.put("PSD", () -> TestPhotoshop.withExif(quarters(64, 48), EXIF));
        samples.put("Canon CR2", TestRaw::cr2);
        samples.put("Canon CR3", TestRaw::cr3);
        samples.put("Nikon NEF", TestRaw::nef);
        samples.put("Sony ARW", TestRaw::arw);
        samples.put("Adobe DNG", TestRaw::dng);
        samples.put("Olympus ORF", TestRaw::orf);
        samples.put("Pentax PEF", TestRaw::pef);
        samples.put("Panasonic RW2", TestRaw::rw2);
        samples.put("Fujifilm RAF", TestRaw::raf);
        return samples;
    }

    private static byte[] plain(String format) {
        return encode(quarters(64, 48), format);
    }

    private static byte[] segment() {
        return join("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1), EXIF);
    }

    private static byte[] written(PictureFormat format) {
        return DeskOfTests.written(quarters(64, 48), format);
    }

    private static byte[] webp(byte[] still) {
        byte[] chunk =
                ByteBuffer.allocate(8 + EXIF.length + (EXIF.length & 1))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("EXIF".getBytes(StandardCharsets.ISO_8859_1))
                        .putInt(EXIF.length)
                        .put(EXIF)
                        .array();
        byte[] extended =
                ByteBuffer.allocate(18)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("VP8X".getBytes(StandardCharsets.ISO_8859_1))
                        .putInt(10)
                        .putInt(8)
                        .putInt(63)
                        .putShort(15, (short) 47)
                        .array();
        byte[] picture = Arrays.copyOfRange(still, 12, still.length);
        byte[] body = join("WEBP".getBytes(StandardCharsets.ISO_8859_1), extended, picture, chunk);
        return join(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
                        .putInt(body.length)
                        .array(),
                body);
    }

    private static byte[] tiff() {
        TiffFile file = TiffFile.plain();
        byte[] gray = new byte[64 * 48];
        long strip = file.blob(gray);
        long exif = file.directory(0, TiffFile.Entry.text(0x9003, "2024:05:06 07:08:09"));
        return file.file(
                file.directory(
                        0,
                        TiffFile.Entry.shorts(Tiff.IMAGE_WIDTH, 64),
                        TiffFile.Entry.shorts(Tiff.IMAGE_HEIGHT, 48),
                        TiffFile.Entry.shorts(0x102, 8),
                        TiffFile.Entry.shorts(0x103, 1),
                        TiffFile.Entry.shorts(0x106, 1),
                        TiffFile.Entry.text(Tiff.MAKE, "Maker"),
                        TiffFile.Entry.number(0x111, strip),
                        TiffFile.Entry.shorts(Tiff.ORIENTATION, 6),
                        TiffFile.Entry.shorts(0x115, 1),
                        TiffFile.Entry.shorts(0x116, 48),
                        TiffFile.Entry.number(0x117, gray.length),
                        TiffFile.Entry.number(0x8769, exif)));
    }

    private static byte[] jxl(byte[] codestream) {
        byte[] exif = TestRaw.box("Exif", new byte[4], EXIF);
        if ((codestream[0] & 0xff) != 0xff) {
            return join(codestream, exif); // in boxes already
        }
        return join(
                TestRaw.box("JXL ", new byte[] {'\r', '\n', (byte) 0x87, '\n'}),
                TestRaw.box("ftyp", "jxl \0\0\0\0jxl ".getBytes(StandardCharsets.ISO_8859_1)),
                exif,
                TestRaw.box("jxlc", codestream));
    }

    private static byte[] jp2(byte[] file) {
        byte[] uuid = "JpgTiffExif->JP2".getBytes(StandardCharsets.ISO_8859_1);
        return join(file, TestRaw.box("uuid", uuid, EXIF));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
