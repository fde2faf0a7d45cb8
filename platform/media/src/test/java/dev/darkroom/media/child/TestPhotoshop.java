package dev.darkroom.media.child;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Photoshop files of nothing but a merged picture, written by hand.
final class TestPhotoshop {

    static final int GRAY = 1;
    static final int INDEXED = 2;
    static final int RGB = 3;
    static final int CMYK = 4;
    static final int LAB = 9;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private TestPhotoshop() {}

    /// Planes as they are stored: one after the other, unpacked.
    static byte[] raw(int mode, int depth, int width, int height, byte[]... planes) {
        TestPhotoshop file = new TestPhotoshop();
        file.head(
                mode,
                depth,
                width,
                height,
                planes.length,
                mode == INDEXED ? palette() : new byte[0]);
        file.out.writeBytes(new byte[2]);
        for (byte[] plane : planes) {
            file.out.writeBytes(plane);
        }
        return file.out.toByteArray();
    }

    /// The picture as Photoshop writes it: RGB, 8 bits, each row packed as runs.
    static byte[] packed(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        TestPhotoshop file = new TestPhotoshop();
        file.head(RGB, 8, width, height, 3, new byte[0]);
        ByteArrayOutputStream runs = new ByteArrayOutputStream();
        ByteBuffer counts = ByteBuffer.allocate(2 + 2 * 3 * height).putShort((short) 1);
        for (byte[] plane : planes(image)) {
            for (int y = 0; y < height; y++) {
                int before = runs.size();
                pack(plane, y * width, width, runs);
                counts.putShort((short) (runs.size() - before));
            }
        }
        file.out.writeBytes(counts.array());
        file.out.writeBytes(runs.toByteArray());
        return file.out.toByteArray();
    }

    /// With EXIF in its resource.
    static byte[] withExif(BufferedImage image, byte[] exif) {
        byte[] plain = raw(RGB, 8, image.getWidth(), image.getHeight(), planes(image));
        ByteBuffer resource = ByteBuffer.allocate(12 + exif.length + (exif.length & 1));
        resource.put("8BIM".getBytes(StandardCharsets.ISO_8859_1)).putShort((short) 1_058);
        resource.putShort((short) 0).putInt(exif.length).put(exif);
        ByteBuffer file = ByteBuffer.allocate(plain.length + resource.capacity());
        file.put(plain, 0, 30).putInt(resource.capacity()).put(resource.array());
        return file.put(plain, 34, plain.length - 34).array();
    }

    static byte[][] planes(BufferedImage image) {
        int pixels = image.getWidth() * image.getHeight();
        byte[][] planes = new byte[3][pixels];
        for (int i = 0; i < pixels; i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            for (int channel = 0; channel < 3; channel++) {
                planes[channel][i] = (byte) (rgb >> (16 - 8 * channel));
            }
        }
        return planes;
    }

    private void head(int mode, int depth, int width, int height, int channels, byte[] palette) {
        ByteBuffer head = ByteBuffer.allocate(26 + 12 + palette.length);
        head.put("8BPS".getBytes(StandardCharsets.ISO_8859_1)).putShort((short) 1).position(12);
        head.putShort((short) channels).putInt(height).putInt(width);
        head.putShort((short) depth).putShort((short) mode);
        head.putInt(palette.length).put(palette);
        out.writeBytes(head.array());
    }

    /// Number 7 is orange.
    private static byte[] palette() {
        byte[] palette = new byte[768];
        palette[7] = (byte) 0xff;
        palette[256 + 7] = (byte) 0x80;
        return palette;
    }

    private static void pack(byte[] plane, int from, int length, ByteArrayOutputStream runs) {
        int at = from;
        while (at < from + length) {
            int same = 1;
            while (same < 128 && at + same < from + length && plane[at + same] == plane[at]) {
                same++;
            }
            if (same > 1) {
                runs.write(1 - same);
            } else {
                runs.write(0);
            }
            runs.write(plane[at]);
            at += same;
        }
    }
}
