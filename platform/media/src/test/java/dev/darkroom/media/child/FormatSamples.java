package dev.darkroom.media.child;

import static dev.darkroom.media.child.TestPictures.encode;
import static dev.darkroom.media.child.TestPictures.quarters;

import dev.darkroom.media.PictureFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/// A small file of each format of still pictures, with a camera, a time and a turn in it where the
/// format has room for that.
public final class FormatSamples {

    private static final byte[] EXIF =
            new TestPictures.Exif()
                    .text(Tiff.MAKE, "Maker")
                    .text(0x110, "Model")
                    .text(0x9003, "2024:05:06 07:08:09")
                    .number(Tiff.ORIENTATION, 6)
                    .tiff();

    private FormatSamples() {}

    /// Those that can be made here, by file name.
    public static Map<String, byte[]> here() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        all().forEach(
                        (format, sample) -> {
                            String name = format.toLowerCase(Locale.ROOT).replaceAll("[ ,]+", "-");
                            try {
                                files.put(name, sample.get());
                            } catch (TestAbortedException e) {
                                System.err.println("no sample " + name + ": " + e.getMessage());
                            }
                        });
        return files;
    }

    /// By the name of the format, in the order of the table. One that only libvips writes ends the
    /// test where it is not installed.
    static Map<String, Supplier<byte[]>> all() {
        Map<String, Supplier<byte[]>> samples = new LinkedHashMap<>();
        samples.put("JPEG", () -> TestPictures.withSegment(plain("jpeg"), 0xe1, segment()));
        samples.put("Progressive JPEG", FormatSamples::progressive);
        samples.put("PNG, APNG", () -> TestPictures.withChunk(plain("png"), "eXIf", EXIF));
        samples.put("GIF", () -> plain("gif"));
        samples.put("WebP", () -> webp(written(PictureFormat.WEBP)));
        samples.put("TIFF", FormatSamples::tiff);
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

    private static byte[] progressive() {
        return TestPictures.withSegment(
                TestPictures.progressive(quarters(64, 48)), 0xe1, segment());
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
