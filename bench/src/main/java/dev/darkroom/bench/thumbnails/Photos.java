package dev.darkroom.bench.thumbnails;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.ImageOutputStream;

/// The photos that thumbnails are made of: real ones from a folder, and drawn ones of 8, 12 and 24
/// megapixels whose details are distributed as in nature.
public final class Photos {

    private static final long LEAST_PIXELS = 7_500_000;

    /// Words that no thumbnail may contain.
    public static final String SECRET = "SECRETMAKER";

    private Photos() {}

    /// A photo and which way up it was taken.
    public record Photo(Path file, int orientation) {
        public String name() {
            return String.valueOf(file.getFileName());
        }
    }

    public static List<Photo> drawn(Path folder) throws IOException {
        List<Photo> photos = new ArrayList<>();
        photos.add(write(folder.resolve("drawn-8-megapixels.jpg"), draw(3_264, 2_448, 1), 1));
        photos.add(write(folder.resolve("drawn-12-megapixels.jpg"), draw(4_032, 3_024, 2), 6));
        photos.add(write(folder.resolve("drawn-24-megapixels.jpg"), draw(6_000, 4_000, 3), 1));
        return photos;
    }

    /// The same small photo, held in eight ways.
    public static List<Photo> turned(Path folder) throws IOException {
        List<Photo> photos = new ArrayList<>();
        BufferedImage image = draw(2_000, 1_500, 4);
        for (int orientation = 1; orientation <= 8; orientation++) {
            Path file = folder.resolve("orientation-" + orientation + ".jpg");
            photos.add(write(file, image, orientation));
        }
        return photos;
    }

    /// Camera photos of at least eight megapixels.
    public static List<Photo> from(Path folder) throws IOException {
        List<Photo> photos = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.toString().toLowerCase(Locale.ROOT);
                if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
                    CameraJpeg.read(file)
                            .filter(jpeg -> (long) jpeg.width() * jpeg.height() >= LEAST_PIXELS)
                            .ifPresent(jpeg -> photos.add(new Photo(file, jpeg.orientation())));
                }
            }
        }
        return photos;
    }

    private static Photo write(Path file, BufferedImage image, int orientation) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByMIMEType("image/jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = new JPEGImageWriteParam(Locale.ROOT);
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(0.92f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        byte[] jpeg = bytes.toByteArray();
        byte[] exif = exif(orientation);
        ByteBuffer whole = ByteBuffer.allocate(jpeg.length + exif.length);
        whole.put(jpeg, 0, 2).put(exif).put(jpeg, 2, jpeg.length - 2);
        Files.write(file, whole.array());
        return new Photo(file, orientation);
    }

    /// Who made it, which way up, and a position: north 48, east 11.
    private static byte[] exif(int orientation) {
        byte[] maker = (SECRET + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer tiff =
                ByteBuffer.allocate(8 + 2 + 3 * 12 + 4 + maker.length + 2 + 4 * 12 + 4 + 48);
        int makerAt = 8 + 2 + 3 * 12 + 4;
        int gpsAt = makerAt + maker.length;
        int degreesAt = gpsAt + 2 + 4 * 12 + 4;
        tiff.putShort((short) 0x4d4d).putShort((short) 42).putInt(8).putShort((short) 3);
        entry(tiff, 0x10f, 2, maker.length, makerAt);
        entry(tiff, 0x112, 3, 1, orientation << 16);
        entry(tiff, 0x8825, 4, 1, gpsAt);
        tiff.putInt(0).put(maker).putShort((short) 4);
        entry(tiff, 1, 2, 2, 'N' << 24);
        entry(tiff, 2, 5, 3, degreesAt);
        entry(tiff, 3, 2, 2, 'E' << 24);
        entry(tiff, 4, 5, 3, degreesAt + 24);
        tiff.putInt(0);
        for (int value : new int[] {48, 1, 8, 1, 0, 1, 11, 1, 34, 1, 0, 1}) {
            tiff.putInt(value);
        }
        byte[] name = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(4 + name.length + tiff.capacity())
                .putShort((short) 0xffe1)
                .putShort((short) (2 + name.length + tiff.capacity()))
                .put(name)
                .put(tiff.array())
                .array();
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    /// Coarse shapes strong, fine ones weak, and a sensor's noise.
    private static BufferedImage draw(int width, int height, long seed) {
        Random random = new Random(seed);
        float[][] channels = new float[3][width * height];
        for (int cell = 1_024; cell >= 2; cell /= 2) {
            float strength = (float) (70 * Math.pow(cell / 1_024.0, 0.38));
            addShapes(channels[0], width, height, cell, strength, random);
            if (cell >= 64) {
                addShapes(channels[1], width, height, cell, strength / 3, random);
                addShapes(channels[2], width, height, cell, strength / 3, random);
            }
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                float light = 120 + channels[0][at] + (float) random.nextGaussian() * 4;
                row[x] =
                        level(light + channels[1][at]) << 16
                                | level(light) << 8
                                | level(light + channels[2][at]);
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        return image;
    }

    private static int level(float value) {
        return Math.clamp(Math.round(value), 0, 255);
    }

    private static void addShapes(
            float[] channel, int width, int height, int cell, float strength, Random random) {
        int across = width / cell + 2;
        float[] above = grid(across, strength, random);
        float[] below = grid(across, strength, random);
        for (int y = 0; y < height; y++) {
            if (y % cell == 0 && y > 0) {
                above = below;
                below = grid(across, strength, random);
            }
            float down = (float) (y % cell) / cell;
            for (int x = 0; x < width; x++) {
                int i = x / cell;
                float right = (float) (x % cell) / cell;
                float top = above[i] + (above[i + 1] - above[i]) * right;
                float bottom = below[i] + (below[i + 1] - below[i]) * right;
                channel[y * width + x] += top + (bottom - top) * down;
            }
        }
    }

    private static float[] grid(int length, float strength, Random random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (random.nextFloat() * 2 - 1) * strength;
        }
        return values;
    }
}
