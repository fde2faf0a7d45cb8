package dev.darkroom.media.child;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Pictures and files that the tests make for themselves.
public final class TestPictures {

    private TestPictures() {}

    /// Red in the upper left quarter, green, blue and yellow clockwise after it.
    public static BufferedImage quarters(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        int x = width / 2;
        int y = height / 2;
        Color[] clockwise = {Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW};
        int[][] corners = {{0, 0}, {x, 0}, {x, y}, {0, y}};
        for (int i = 0; i < 4; i++) {
            graphics.setColor(clockwise[i]);
            graphics.fillRect(corners[i][0], corners[i][1], width - x, height - y);
        }
        graphics.dispose();
        return image;
    }

    /// Something to see in every row and column, so that a missing part is noticed.
    public static BufferedImage busy(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int level = (int) (128 + 100 * Math.sin(x / 7.0) * Math.cos(y / 5.0));
                image.setRGB(x, y, level << 16 | (x * 255 / width) << 8 | (y * 255 / height));
            }
        }
        return image;
    }

    public static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalStateException("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// A JPEG that comes in several scans.
    public static byte[] progressive(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    public static byte[] jpeg(int width, int height) {
        return encode(busy(width, height), "jpeg");
    }

    public static BufferedImage decode(byte[] bytes) {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The JPEG with one more segment right after its start marker.
    public static byte[] withSegment(byte[] jpeg, int marker, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + body.length + 4);
        out.put(jpeg, 0, 2)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (body.length + 2))
                .put(body);
        return out.put(jpeg, 2, jpeg.length - 2).array();
    }

    public static byte[] withOrientation(byte[] jpeg, int orientation) {
        return withSegment(jpeg, 0xe1, new Exif().number(Tiff.ORIENTATION, orientation).segment());
    }

    /// An ICC profile in a JPEG's APP2 segment.
    public static byte[] withProfile(byte[] jpeg, byte[] profile) {
        ByteBuffer body = ByteBuffer.allocate(profile.length + 14);
        body.put("ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) 1)
                .put((byte) 1)
                .put(profile);
        return withSegment(jpeg, 0xe2, body.array());
    }

    /// The PNG with one more chunk right after its header.
    public static byte[] withChunk(byte[] png, String type, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(png.length + body.length + 12);
        return out.put(png, 0, 33).put(chunk(type, body)).put(png, 33, png.length - 33).array();
    }

    public static byte[] withPngProfile(byte[] png, byte[] profile) {
        Deflater deflater = new Deflater();
        deflater.setInput(profile);
        deflater.finish();
        byte[] squeezed = new byte[profile.length + 100];
        int length = deflater.deflate(squeezed);
        deflater.end();
        ByteBuffer body = ByteBuffer.allocate(length + 3);
        body.put((byte) 'p').put((byte) 0).put((byte) 0).put(squeezed, 0, length);
        return withChunk(png, "iCCP", body.array());
    }

    /// A small PNG file that promises a picture of any size.
    public static byte[] pngBomb(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put(new byte[] {8, 6, 0, 0, 0});
        ByteBuffer out = ByteBuffer.allocate(200);
        out.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        out.put(chunk("IHDR", header.array()));
        out.put(chunk("IDAT", new byte[] {0x78, (byte) 0x9c, 1, 0, 0}));
        out.put(chunk("IEND", new byte[0]));
        byte[] png = new byte[out.position()];
        out.flip().get(png);
        return png;
    }

    private static byte[] chunk(String type, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(body.length + 12);
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(body);
        return out.putInt(body.length).put(name).put(body).putInt((int) sum.getValue()).array();
    }

    public static Path save(Path directory, String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An EXIF block, written by hand: main directory, EXIF directory, GPS directory.
    public static final class Exif {
        private final Directory main = new Directory();
        private final Directory exif = new Directory();
        private final Directory gps = new Directory();

        public Exif number(int tag, int value) {
            of(tag).add(
                            tag,
                            3,
                            1,
                            ByteBuffer.allocate(4)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .putShort((short) value));
            return this;
        }

        public Exif text(int tag, String value) {
            byte[] bytes = (value + "\0").getBytes(StandardCharsets.UTF_8);
            of(tag).add(tag, 2, bytes.length, ByteBuffer.wrap(bytes).position(bytes.length));
            return this;
        }

        public Exif fraction(int tag, int... parts) {
            of(tag).add(tag, 5, parts.length / 2, ints(parts));
            return this;
        }

        /// Degrees, minutes and seconds as numerators and denominators.
        public Exif position(
                String northOrSouth, int[] latitude, String eastOrWest, int[] longitude) {
            byte[] north = (northOrSouth + "\0").getBytes(StandardCharsets.ISO_8859_1);
            byte[] east = (eastOrWest + "\0").getBytes(StandardCharsets.ISO_8859_1);
            gps.add(1, 2, 2, ByteBuffer.wrap(north).position(2));
            gps.add(2, 5, 3, ints(latitude));
            gps.add(3, 2, 2, ByteBuffer.wrap(east).position(2));
            gps.add(4, 5, 3, ints(longitude));
            return this;
        }

        public Exif altitude(int numerator, int denominator) {
            gps.add(6, 5, 1, ints(numerator, denominator));
            return this;
        }

        public byte[] segment() {
            byte[] tiff = tiff();
            byte[] body = new byte[tiff.length + 6];
            System.arraycopy("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1), 0, body, 0, 6);
            System.arraycopy(tiff, 0, body, 6, tiff.length);
            return body;
        }

        public byte[] tiff() {
            ByteBuffer out = ByteBuffer.allocate(60_000).order(ByteOrder.LITTLE_ENDIAN);
            out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
            int exifAt = 8 + main.size() + 24;
            int gpsAt = exifAt + exif.size();
            main.add(0x8769, 4, 1, ints(exifAt));
            main.add(0x8825, 4, 1, ints(gpsAt));
            main.write(out, 8);
            exif.write(out, exifAt);
            gps.write(out, gpsAt);
            byte[] bytes = new byte[gpsAt + gps.size()];
            out.get(0, bytes);
            return bytes;
        }

        private Directory of(int tag) {
            return tag >= 0x829a && tag != 0x8769 && tag != 0x8825 ? exif : main;
        }

        private static ByteBuffer ints(int... values) {
            ByteBuffer buffer =
                    ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            for (int value : values) {
                buffer.putInt(value);
            }
            return buffer;
        }
    }

    private static final class Directory {
        private final List<int[]> entries = new ArrayList<>();
        private final List<byte[]> values = new ArrayList<>();

        void add(int tag, int type, int count, ByteBuffer value) {
            entries.add(new int[] {tag, type, count});
            byte[] bytes = new byte[Math.max(4, (value.position() + 1) / 2 * 2)];
            value.get(0, bytes, 0, value.position());
            values.add(bytes);
        }

        int size() {
            int size = 2 + 12 * entries.size() + 4;
            for (byte[] value : values) {
                size += value.length > 4 ? value.length : 0;
            }
            return size;
        }

        void write(ByteBuffer out, int at) {
            int free = at + 2 + 12 * entries.size() + 4;
            out.putShort(at, (short) entries.size());
            for (int i = 0; i < entries.size(); i++) {
                int entry = at + 2 + 12 * i;
                byte[] value = values.get(i);
                out.putShort(entry, (short) entries.get(i)[0]);
                out.putShort(entry + 2, (short) entries.get(i)[1]);
                out.putInt(entry + 4, entries.get(i)[2]);
                if (value.length > 4) {
                    out.putInt(entry + 8, free);
                    out.put(free, value);
                    free += value.length;
                } else {
                    out.put(entry + 8, value);
                }
            }
        }
    }
}
