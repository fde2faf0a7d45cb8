package dev.darkroom.media.child;

import static dev.darkroom.media.child.Samples.box;
import static dev.darkroom.media.child.Samples.join;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.media.child.TestPictures.Exif;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Files that were made to hurt whoever reads them.
public final class Bombs {

    private static final int UNPACKED = 64 * 1024 * 1024;

    private Bombs() {}

    /// One of them.
    ///
    /// @param reason words of the one reason it must give; null when it must give a result
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Bomb(String name, byte[] bytes, @Nullable String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Bomb> all() {
        List<Bomb> bombs = new ArrayList<>();
        bombs.addAll(pixels());
        bombs.addAll(structures());
        bombs.addAll(texts());
        bombs.addAll(disguises());
        return bombs;
    }

    private static List<Bomb> pixels() {
        String pixels = "raise darkroom.media.max-pixels";
        return List.of(
                new Bomb("huge.png", TestPictures.pngBomb(65_535, 65_535), pixels),
                new Bomb("huge.webp", webp(65_535, 65_535), pixels),
                new Bomb("huge.bmp", bitmap(65_535, 65_535), pixels),
                new Bomb("upside-down.bmp", bitmap(1, Integer.MIN_VALUE), "BMP header is corrupt"),
                new Bomb("ribbon.png", TestPictures.pngBomb(2_000_000, 1), "max-edge"),
                new Bomb("2000-scans.jpg", progressive(64, 64, 2_000), "max-scans"),
                new Bomb("100000-frames.gif", gif(100_000), "max-frames"));
    }

    private static List<Bomb> structures() {
        ByteBuffer deep = ByteBuffer.allocate(16 + 8 * 20_000);
        deep.put(box("ftyp", "isom\0\0\0\0".getBytes(ISO_8859_1)));
        while (deep.hasRemaining()) {
            deep.putInt(deep.remaining()).put("moov".getBytes(ISO_8859_1));
        }
        ByteBuffer wide = ByteBuffer.allocate(16 + 8 * 200_000);
        wide.put(box("ftyp", "isom\0\0\0\0".getBytes(ISO_8859_1)));
        while (wide.hasRemaining()) {
            wide.putInt(8).put("free".getBytes(ISO_8859_1));
        }
        return List.of(
                new Bomb("deep.mp4", deep.array(), "raise darkroom.media.max-box-depth"),
                new Bomb("wide.mp4", wide.array(), "raise darkroom.media.max-boxes"),
                new Bomb("loop.tif", tiff(8), "its pages form a loop"),
                new Bomb("pages.tif", pages(20_000), "raise darkroom.media.max-frames"));
    }

    private static List<Bomb> texts() {
        byte[] zeros = new byte[UNPACKED];
        byte[] png = TestPictures.encode(TestPictures.busy(8, 8), "png");
        byte[] zipped = Samples.zipped("Comment", zeros);
        byte[] international = join("Comment\0\1\0\0\0".getBytes(ISO_8859_1), body(zipped));
        String metadata = "raise darkroom.media.max-metadata";
        return List.of(
                new Bomb("zip.png", TestPictures.withChunk(png, "zTXt", zipped), metadata),
                new Bomb("text.png", TestPictures.withChunk(png, "iTXt", international), metadata),
                new Bomb("profile.png", TestPictures.withChunk(png, "iCCP", zipped), metadata),
                new Bomb("promise.png", promising(png, 1 << 30), metadata),
                new Bomb("laughs.xmp", laughs(), "this is no XMP"),
                new Bomb("outside.xmp", outside(), "this is no XMP"),
                new Bomb("absurd.jpg", absurd(), null));
    }

    private static List<Bomb> disguises() {
        byte[] jpeg = TestPictures.jpeg(40, 30);
        byte[] gif = TestPictures.encode(TestPictures.busy(8, 8), "gif");
        byte[] script = "=1;/*".getBytes(UTF_8);
        byte[] end = "*/alert(1)".getBytes(UTF_8);
        byte[] zip = join("PK\3\4".getBytes(ISO_8859_1), new byte[26], "PK\5\6".getBytes(UTF_8));
        String drawing =
                "<svg xmlns='http://www.w3.org/2000/svg'><script>fetch('http://x')</script>"
                        + "<image href='file:///etc/passwd'/></svg>";
        return List.of(
                new Bomb("empty.jpg", new byte[0], "the file is empty"),
                new Bomb("zeros.jpg", new byte[4_096], "not a photo, video or audio file"),
                new Bomb("photo.mp4", jpeg, null),
                new Bomb("photo.zip", join(jpeg, zip), null),
                new Bomb("script.gif", join(gif, script, end), null),
                new Bomb("page.jpg", join("<html>".getBytes(UTF_8), jpeg), "an HTML page"),
                new Bomb("paper.jpg", join("%PDF-1.7\n".getBytes(UTF_8), jpeg), "a PDF document"),
                new Bomb("drawing.svg", drawing.getBytes(UTF_8), "an SVG drawing"),
                new Bomb(
                        "half.jpg", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, "cut off"));
    }

    /// A text chunk that promises more than the file has.
    private static byte[] promising(byte[] png, int length) {
        byte[] promising =
                TestPictures.withChunk(png, "zTXt", Samples.zipped("Comment", new byte[9]));
        ByteBuffer.wrap(promising).putInt(8 + 25, length);
        return promising;
    }

    private static byte[] body(byte[] zipped) {
        int keyword = "Comment\0\0".length();
        return java.util.Arrays.copyOfRange(zipped, keyword, zipped.length);
    }

    private static byte[] webp(int width, int height) {
        byte[] webp = Samples.webp(48, 32);
        for (int i = 0; i < 3; i++) {
            webp[24 + i] = (byte) ((width - 1) >> (8 * i));
            webp[27 + i] = (byte) ((height - 1) >> (8 * i));
        }
        return webp;
    }

    public static byte[] bitmap(int width, int height) {
        ByteBuffer out = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
        out.put("BM".getBytes(ISO_8859_1)).putInt(80).putInt(0).putInt(54);
        out.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
        return out.array();
    }

    /// A progressive JPEG without any detail, whose scans each go over the whole picture. The codes
    /// say "nothing changes", one bit for each block.
    public static byte[] progressive(int width, int height, int scans) {
        long blocks = 3L * ((width + 7) / 8) * ((height + 7) / 8);
        byte[] nothing = new byte[(int) (blocks / 8 + 1)];
        ByteBuffer head = ByteBuffer.allocate(400);
        head.putShort((short) 0xffd8);
        head.putShort((short) 0xffdb).putShort((short) 67).put((byte) 0);
        for (int i = 0; i < 64; i++) {
            head.put((byte) 1);
        }
        head.putShort((short) 0xffc2).putShort((short) 17).put((byte) 8);
        head.putShort((short) height).putShort((short) width).put((byte) 3);
        for (int component = 1; component <= 3; component++) {
            head.put((byte) component).put((byte) 0x11).put((byte) 0);
        }
        for (int kind : new int[] {0x00, 0x10}) {
            head.putShort((short) 0xffc4).putShort((short) 20).put((byte) kind).put((byte) 1);
            head.put(new byte[15]).put((byte) 0);
        }
        ByteBuffer out = ByteBuffer.allocate(head.position() + scans * (nothing.length + 14) + 2);
        out.put(head.array(), 0, head.position());
        for (int i = 0; i < scans; i++) {
            out.putShort((short) 0xffda).putShort((short) 12).put((byte) 3);
            out.put(new byte[] {1, 0, 2, 0, 3, 0, 0, 0, (byte) (i == 0 ? 0 : 0x10)});
            out.put(nothing);
        }
        out.putShort((short) 0xffd9);
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] gif(int frames) {
        byte[] frame = {
            0x21, (byte) 0xf9, 4, 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0
        };
        ByteBuffer out = ByteBuffer.allocate(20 + frame.length * frames);
        out.put("GIF89a".getBytes(ISO_8859_1)).put(new byte[] {1, 0, 1, 0, (byte) 0x80, 0, 0});
        out.put(new byte[6]);
        for (int i = 0; i < frames; i++) {
            out.put(frame);
        }
        return out.put((byte) 0x3b).array();
    }

    /// @param next where the first page says that the second one is
    private static byte[] tiff(int next) {
        ByteBuffer out = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        out.put("II*\0".getBytes(ISO_8859_1)).putInt(8);
        page(out, next);
        return out.array();
    }

    private static byte[] pages(int count) {
        ByteBuffer out = ByteBuffer.allocate(8 + 30 * count).order(ByteOrder.LITTLE_ENDIAN);
        out.put("II*\0".getBytes(ISO_8859_1)).putInt(8);
        for (int i = 1; i <= count; i++) {
            page(out, i == count ? 0 : 8 + 30 * i);
        }
        return out.array();
    }

    private static void page(ByteBuffer out, int next) {
        out.putShort((short) 2);
        for (int tag : new int[] {Tiff.IMAGE_WIDTH, Tiff.IMAGE_HEIGHT}) {
            out.putShort((short) tag).putShort((short) 3).putInt(1).putInt(8);
        }
        out.putInt(next);
    }

    private static byte[] laughs() {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE x [");
        text.append("<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 12; i++) {
            text.append("<!ENTITY a%d \"%s\">".formatted(i, ("&a" + (i - 1) + ";").repeat(10)));
        }
        return text.append("]>").append(about("&a11;")).toString().getBytes(UTF_8);
    }

    private static byte[] outside() {
        return ("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
                        + about("&a;"))
                .getBytes(UTF_8);
    }

    private static String about(String title) {
        return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
                + " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description"
                + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>"
                + title
                + "</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>";
    }

    /// Numbers without meaning, text with NUL, a place beyond the pole.
    private static byte[] absurd() {
        Exif exif =
                new Exif()
                        .text(Tiff.MAKE, "Ca\0non\0\0")
                        .text(0x9003, "9999:99:99 99:99:99")
                        .fraction(0x829a, 0, 0)
                        .fraction(0x829d, -1, 1)
                        .fraction(0x920a, Integer.MIN_VALUE, -1)
                        .position(
                                "N",
                                new int[] {91, 1, 0, 0, 0, 0},
                                "E",
                                new int[] {-1, 1, 1, 0, 0, 0})
                        .altitude(1, 0);
        return TestPictures.withSegment(TestPictures.jpeg(40, 30), 0xe1, exif.segment());
    }
}
