package dev.darkroom.media.child;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.media.child.TestPictures.Exif;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;

/// One intact small file of each format, with metadata in it where the format has a place for them.
public final class Samples {

    private static final int MODEL = 0x110;
    private static final int TIME = 0x9003;

    private Samples() {}

    /// By file name; the same bytes in every run.
    public static Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("baseline.jpg", photo(TestPictures.jpeg(96, 64)));
        files.put("progressive.jpg", photo(TestPictures.progressive(TestPictures.busy(96, 64))));
        files.put("picture.png", png());
        files.put("picture.gif", TestPictures.encode(TestPictures.busy(48, 32), "gif"));
        files.put("picture.bmp", TestPictures.encode(TestPictures.busy(32, 24), "bmp"));
        files.put("picture.tif", TestPictures.encode(TestPictures.busy(48, 32), "tiff"));
        files.put("picture.webp", webp(48, 32));
        files.put("photo.heic", heic());
        files.put("film.mp4", film("isom"));
        files.put("film.mov", film("qt  "));
        files.put("song.mp3", mp3());
        files.put("song.flac", flac());
        files.put("song.wav", wav());
        files.put("song.ogg", ogg());
        files.put("photo.xmp", xmp());
        return files;
    }

    /// The intact file of that name.
    public static byte[] of(String name) {
        byte[] file = all().get(name);
        if (file == null) {
            throw new IllegalArgumentException("no sample is called " + name);
        }
        return file;
    }

    /// Everything that must never be in a thumbnail.
    public static Exif secrets() {
        return new Exif()
                .text(Tiff.MAKE, "Canon")
                .text(MODEL, "SECRET-MODEL")
                .text(TIME, "2024:05:06 07:08:09")
                .position(
                        "N", new int[] {48, 1, 30, 1, 0, 1}, "E", new int[] {11, 1, 15, 1, 36, 1});
    }

    private static byte[] photo(byte[] jpeg) {
        byte[] commented = TestPictures.withSegment(jpeg, 0xfe, "SECRET-COMMENT".getBytes(UTF_8));
        byte[] text = ("http://ns.adobe.com/xap/1.0/\0" + new String(xmp(), UTF_8)).getBytes(UTF_8);
        return TestPictures.withSegment(
                TestPictures.withSegment(commented, 0xe1, text), 0xe1, secrets().segment());
    }

    private static byte[] png() {
        byte[] png = TestPictures.encode(TestPictures.busy(48, 32), "png");
        png = TestPictures.withChunk(png, "eXIf", secrets().tiff());
        png = TestPictures.withChunk(png, "tEXt", "Comment\0SECRET-COMMENT".getBytes(ISO_8859_1));
        return TestPictures.withChunk(png, "zTXt", zipped("Comment", "SECRET".getBytes(UTF_8)));
    }

    /// A PNG text chunk's body.
    static byte[] zipped(String keyword, byte[] text) {
        Deflater deflater = new Deflater();
        deflater.setInput(text);
        deflater.finish();
        byte[] squeezed = new byte[text.length / 500 + 200];
        int length = deflater.deflate(squeezed);
        deflater.end();
        return join(
                (keyword + "\0\0").getBytes(ISO_8859_1), java.util.Arrays.copyOf(squeezed, length));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /// A lossless picture of one colour: five codes with one symbol each, and no data.
    static byte[] webp(int width, int height) {
        ByteBuffer bits = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bits.put((byte) 0x2f).putInt((width - 1) | ((height - 1) << 14));
        // No transform, no cache, no groups; green 0, red 200, blue 100, alpha 255, distance 0.
        long codes = 0;
        int at = 3;
        for (int symbol : new int[] {0, 200, 100, 255, 0}) {
            boolean wide = symbol > 1;
            codes |= 1L << at; // a simple code
            codes |= (wide ? 1L : 0L) << (at + 2); // with one symbol, of one bit or of eight
            codes |= (long) symbol << (at + 3);
            at += wide ? 11 : 4;
        }
        bits.putLong(codes);
        byte[] picture = chunk("VP8L", java.util.Arrays.copyOf(bits.array(), 13));
        ByteBuffer extended = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        extended.put((byte) 8).put(new byte[3]);
        extended.putShort((short) (width - 1)).put((byte) 0);
        extended.putShort((short) (height - 1)).put((byte) 0);
        byte[] body =
                join(
                        "WEBP".getBytes(ISO_8859_1),
                        chunk("VP8X", extended.array()),
                        picture,
                        chunk("EXIF", secrets().tiff()));
        return chunk("RIFF", body);
    }

    /// Of a RIFF file: little-endian, padded to even length.
    private static byte[] chunk(String name, byte[] body) {
        ByteBuffer out =
                ByteBuffer.allocate(8 + body.length + (body.length & 1))
                        .order(ByteOrder.LITTLE_ENDIAN);
        return out.put(name.getBytes(ISO_8859_1)).putInt(body.length).put(body).array();
    }

    /// Of an MP4, QuickTime or HEIC file.
    static byte[] box(String type, byte[]... bodies) {
        byte[] body = join(bodies);
        ByteBuffer box = ByteBuffer.allocate(body.length + 8);
        return box.putInt(box.capacity()).put(type.getBytes(ISO_8859_1)).put(body).array();
    }

    private static byte[] heic() {
        byte[] size =
                box("ispe", ByteBuffer.allocate(12).putInt(0).putInt(640).putInt(480).array());
        byte[] places = box("ipma", new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 1, 2});
        return join(
                box("ftyp", "heic\0\0\0\0mif1heic".getBytes(ISO_8859_1)),
                box(
                        "meta",
                        new byte[4],
                        box("hdlr", new byte[8], "pict".getBytes(ISO_8859_1), new byte[13]),
                        box("pitm", new byte[] {0, 0, 0, 0, 0, 1}),
                        box("iinf", new byte[6]),
                        box("iloc", new byte[8]),
                        box("iprp", box("ipco", size, box("irot", new byte[] {1})), places)),
                box("mdat", new byte[64]));
    }

    private static byte[] film(String brand) {
        ByteBuffer header = ByteBuffer.allocate(100);
        header.putInt(0).putInt(0xb5a1e000).putInt(0xb5a1e000).putInt(600).putInt(6_000);
        ByteBuffer track = ByteBuffer.allocate(84);
        track.putInt(7).position(76);
        track.putInt(640 << 16).putInt(480 << 16);
        byte[] handler = box("hdlr", new byte[8], "vide".getBytes(ISO_8859_1), new byte[13]);
        byte[] media = box("mdia", box("mdhd", header.array()), handler, box("minf", box("stbl")));
        byte[] place = box("\u00a9xyz", new byte[] {0, 18, 0, 0}, "+48.5+011.26/".getBytes(UTF_8));
        return join(
                box("ftyp", (brand + "\0\0\0\0" + brand).getBytes(ISO_8859_1)),
                box(
                        "moov",
                        box("mvhd", header.array()),
                        box("trak", box("tkhd", track.array()), media),
                        box("udta", place)),
                box("mdat", new byte[256]));
    }

    private static byte[] mp3() {
        byte[] tag =
                join(
                        "ID3\3\0\0\0\0\0\36".getBytes(ISO_8859_1),
                        "TIT2\0\0\0\12\0\0\0A holiday".getBytes(ISO_8859_1),
                        new byte[10]);
        byte[] frames = new byte[417 * 4];
        for (int at = 0; at < frames.length; at += 417) {
            frames[at] = (byte) 0xff;
            frames[at + 1] = (byte) 0xfb;
            frames[at + 2] = (byte) 0x90;
        }
        return join(tag, frames);
    }

    private static byte[] flac() {
        ByteBuffer info = ByteBuffer.allocate(42);
        info.put("fLaC".getBytes(ISO_8859_1)).putInt(0x80000022).putShort((short) 4096);
        info.putShort((short) 4096).put(new byte[6]);
        info.putLong((44_100L << 44) | (1L << 41) | (15L << 36) | 441_000L);
        return join(info.array(), new byte[64]);
    }

    private static byte[] wav() {
        ByteBuffer wave = ByteBuffer.allocate(44 + 400).order(ByteOrder.LITTLE_ENDIAN);
        wave.put("RIFF".getBytes(ISO_8859_1)).putInt(36 + 400);
        wave.put("WAVEfmt ".getBytes(ISO_8859_1)).putInt(16);
        wave.putShort((short) 1).putShort((short) 1).putInt(44_100).putInt(88_200);
        wave.putShort((short) 2).putShort((short) 16);
        return wave.put("data".getBytes(ISO_8859_1)).putInt(400).array();
    }

    private static byte[] ogg() {
        ByteBuffer head = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        head.put((byte) 1).put("vorbis".getBytes(ISO_8859_1)).putInt(0).put((byte) 2);
        head.putInt(44_100).putInt(0).putInt(128_000).putInt(0).put((byte) 0xb8).put((byte) 1);
        return join(page(2, 0, head.array()), page(4, 441_000, new byte[100]));
    }

    private static byte[] page(int flags, long position, byte[] body) {
        ByteBuffer page = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(ISO_8859_1)).put((byte) 0).put((byte) flags).putLong(position);
        page.putInt(1).putInt(flags == 2 ? 0 : 1).putInt(0).put((byte) 1).put((byte) body.length);
        return join(page.array(), body);
    }

    static byte[] xmp() {
        return """
               <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
               <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
               <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
                 xmp:Rating="4" exif:GPSLatitude="48,30.5N" exif:GPSLongitude="11,15,36E" exif:GPSAltitude="519/1">
                 <dc:subject><rdf:Bag><rdf:li>SECRET-KEYWORD</rdf:li></rdf:Bag></dc:subject>
               </rdf:Description></rdf:RDF></x:xmpmeta>
               <?xpacket end="w"?>
               """
                .getBytes(UTF_8);
    }
}
