package dev.darkroom.media.child;

import static dev.darkroom.media.child.TestPictures.encode;
import static dev.darkroom.media.child.TestPictures.jpeg;
import static dev.darkroom.media.child.TestPictures.quarters;

import dev.darkroom.media.child.TiffFile.Entry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Camera RAW files as their makers lay them out, small and without a sensor's data: a thumbnail of
/// noise, and the preview that must be found.
final class TestRaw {

    private static final int COMPRESSION = 0x103;
    private static final int STRIP = 0x111;
    private static final int STRIP_LENGTH = 0x117;
    private static final int JPEG = 0x201;
    private static final int JPEG_LENGTH = 0x202;
    private static final int ISO = 0x8827;
    private static final int EXIF = 0x8769;

    /// Pixels of the sensor, which no preview has.
    static final int WIDTH = 6_000;

    static final int HEIGHT = 4_000;

    private static final byte[] PREVIEW = encode(quarters(640, 480), "jpeg");
    private static final byte[] THUMBNAIL = jpeg(160, 120);

    private TestRaw() {}

    static byte[] cr2() {
        TiffFile file =
                new TiffFile(new byte[] {'I', 'I', '*', 0, 0, 0, 0, 0, 'C', 'R', 2, 0, 0, 0, 0, 0});
        byte[] lossless = jpeg(2_000, 1_500);
        lossless[frame(lossless) + 1] = (byte) 0xc3; // what the sensor's data looks like
        long sensor = file.directory(0, strip(file, lossless));
        long thumbnail = file.directory(sensor, interchange(file, THUMBNAIL));
        return file.file(file.directory(thumbnail, main(file, "Canon", strip(file, PREVIEW))));
    }

    static byte[] nef() {
        TiffFile file = TiffFile.plain();
        long preview = file.directory(0, interchange(file, PREVIEW));
        long sensor = file.directory(0, sensor());
        return file.file(
                file.directory(
                        0,
                        main(
                                file,
                                "NIKON CORPORATION",
                                Entry.longs(Tiff.SUB_IFDS, preview, sensor))));
    }

    static byte[] arw() {
        TiffFile file = TiffFile.plain();
        long sensor = file.directory(0, sensor());
        long thumbnail = file.directory(0, interchange(file, THUMBNAIL));
        return file.file(
                file.directory(
                        thumbnail,
                        main(
                                file,
                                "SONY",
                                join(
                                        interchange(file, PREVIEW),
                                        Entry.number(Tiff.SUB_IFDS, sensor)))));
    }

    static byte[] dng() {
        TiffFile file = TiffFile.plain();
        long sensor = file.directory(0, sensor());
        long preview = file.directory(0, strip(file, PREVIEW));
        return file.file(
                file.directory(
                        0,
                        main(
                                file,
                                "Leica",
                                Entry.longs(Tiff.SUB_IFDS, sensor, preview),
                                Entry.bytes(
                                        Tiff.DNG_VERSION,
                                        (byte) 1,
                                        (byte) 4,
                                        (byte) 0,
                                        (byte) 0))));
    }

    static byte[] pef() {
        TiffFile file = TiffFile.plain();
        long preview = file.directory(0, interchange(file, PREVIEW));
        return file.file(
                file.directory(
                        preview,
                        main(
                                file,
                                "PENTAX Corporation",
                                join(sensor(), Entry.number(COMPRESSION, 65_535)))));
    }

    /// Its preview is named in a block of the maker's own, which we do not read: it must be seen.
    static byte[] orf() {
        TiffFile file = new TiffFile(new byte[] {'I', 'I', 'R', 'O', 0, 0, 0, 0});
        file.blob(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 1, 2});
        file.blob(THUMBNAIL);
        file.blob(PREVIEW);
        return file.file(file.directory(0, main(file, "OLYMPUS IMAGING CORP.", sensor())));
    }

    static byte[] rw2() {
        TiffFile file = new TiffFile(new byte[] {'I', 'I', 'U', 0, 0, 0, 0, 0});
        long preview = file.blob(PREVIEW);
        long exif = file.directory(0, Entry.text(0x9003, "2024:05:06 07:08:09"));
        return file.file(
                file.directory(
                        0,
                        Entry.number(EXIF, exif),
                        Entry.shorts(4, 10),
                        Entry.shorts(5, 20),
                        Entry.shorts(6, HEIGHT + 10),
                        Entry.shorts(7, WIDTH + 20),
                        Entry.elsewhere(0x2e, PREVIEW.length, preview),
                        Entry.text(Tiff.MAKE, "Panasonic"),
                        Entry.shorts(Tiff.ORIENTATION, 6)));
    }

    static byte[] raf() {
        byte[] exif =
                new TestPictures.Exif()
                        .text(Tiff.MAKE, "FUJIFILM")
                        .text(0x110, "X-T5")
                        .text(0x9003, "2024:05:06 07:08:09")
                        .number(Tiff.ORIENTATION, 6)
                        .segment();
        byte[] preview = TestPictures.withSegment(PREVIEW, 0xe1, exif);
        ByteBuffer file = ByteBuffer.allocate(200 + preview.length);
        file.put("FUJIFILMCCD-RAW 0201FF389501".getBytes(StandardCharsets.ISO_8859_1));
        file.putInt(84, 200).putInt(88, preview.length).putInt(92, 160).putInt(96, 20);
        file.putInt(160, 1).putShort(164, (short) 0x111).putShort(166, (short) 4);
        file.putShort(168, (short) HEIGHT).putShort(170, (short) WIDTH);
        return file.put(200, preview).array();
    }

    static byte[] cr3() {
        byte[] ftyp = box("ftyp", "crx \0\0\0\1crx isom".getBytes(StandardCharsets.ISO_8859_1));
        TiffFile main = TiffFile.plain();
        byte[] cmt1 = main.file(main.directory(0, main(main, "Canon", sensor())));
        TiffFile exif = TiffFile.plain();
        byte[] cmt2 =
                exif.file(
                        exif.directory(
                                0,
                                Entry.fractions(0x829a, 1, 250),
                                Entry.shorts(ISO, 400),
                                Entry.text(0x9003, "2024:05:06 07:08:09"),
                                Entry.text(0x9011, "+02:00"),
                                Entry.text(0xa434, "RF24-105mm F4 L IS USM")));
        TiffFile gps = TiffFile.plain();
        byte[] cmt4 =
                gps.file(
                        gps.directory(
                                0,
                                Entry.text(1, "N"),
                                Entry.fractions(2, 48, 1, 8, 1, 0, 1),
                                Entry.text(3, "E"),
                                Entry.fractions(4, 11, 1, 34, 1, 0, 1)));
        byte[] canon =
                box(
                        "uuid",
                        bytes("85c0b687820f11e08111f4ce462b6a48"),
                        box("CMT1", cmt1),
                        box("CMT2", cmt2),
                        box("CMT4", cmt4),
                        box("THMB", new byte[16], THUMBNAIL));
        byte[] preview =
                box(
                        "uuid",
                        bytes("eaf42b5e1c984b88b9fbb7dc406e4d16"),
                        new byte[8],
                        box("PRVW", new byte[16], jpeg(320, 240)));
        byte[] moov = box("moov", canon, track(0));
        long data = ftyp.length + moov.length + preview.length + 8L;
        moov = box("moov", canon, track(data));
        return join(ftyp, moov, preview, box("mdat", PREVIEW));
    }

    private static byte[] track(long offset) {
        byte[] sizes = ByteBuffer.allocate(16).putInt(12, PREVIEW.length).putInt(8, 1).array();
        byte[] offsets = ByteBuffer.allocate(16).putInt(4, 1).putLong(8, offset).array();
        byte[] table = box("stbl", box("stsz", sizes), box("co64", offsets));
        return box("trak", box("mdia", box("minf", table)));
    }

    private static Entry[] main(TiffFile file, String make, Entry... more) {
        long exif =
                file.directory(
                        0,
                        Entry.shorts(ISO, 400),
                        Entry.text(0x9003, "2024:05:06 07:08:09"),
                        Entry.number(0xa002, WIDTH),
                        Entry.number(0xa003, HEIGHT));
        return join(
                more,
                Entry.text(Tiff.MAKE, make),
                Entry.text(0x110, "Model 1"),
                Entry.shorts(Tiff.ORIENTATION, 6),
                Entry.number(EXIF, exif));
    }

    private static Entry[] sensor() {
        return new Entry[] {
            Entry.number(Tiff.IMAGE_WIDTH, WIDTH), Entry.number(Tiff.IMAGE_HEIGHT, HEIGHT)
        };
    }

    private static Entry[] interchange(TiffFile file, byte[] jpeg) {
        return new Entry[] {
            Entry.number(JPEG, file.blob(jpeg)), Entry.number(JPEG_LENGTH, jpeg.length)
        };
    }

    private static Entry[] strip(TiffFile file, byte[] jpeg) {
        return new Entry[] {
            Entry.shorts(COMPRESSION, 6),
            Entry.number(STRIP, file.blob(jpeg)),
            Entry.number(STRIP_LENGTH, jpeg.length)
        };
    }

    private static int frame(byte[] jpeg) {
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xc0) {
            at += 2 + (jpeg[at + 2] & 0xff) * 256 + (jpeg[at + 3] & 0xff);
        }
        return at;
    }

    static byte[] box(String type, byte[]... parts) {
        byte[] body = join(parts);
        return ByteBuffer.allocate(8 + body.length)
                .putInt(8 + body.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(body)
                .array();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static Entry[] join(Entry[] some, Entry... more) {
        Entry[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
