package dev.darkroom.bench;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/// Photos of the size that cameras make: 12 megapixels, with shapes and noise, about 4 MB each.
final class CameraPhotos {
    private static final int WIDTH = 4_032;
    private static final int HEIGHT = 3_024;
    private static final int NOISE = 14;

    private final List<byte[]> originals = new ArrayList<>();
    private long copies;

    CameraPhotos(Path folder, int distinct) throws IOException {
        for (int i = 0; i < distinct; i++) {
            Path file = folder.resolve("original-" + i + ".jpg");
            ImageIO.write(draw(new Random(i)), "jpg", file.toFile());
            originals.add(Files.readAllBytes(file));
        }
    }

    /// So many files that no library has seen: each has eight bytes of its own behind the picture's
    /// end.
    List<Path> fresh(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve("photo-%04d.jpg".formatted(i));
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(originals.get(i % originals.size()));
                out.write(ByteBuffer.allocate(Long.BYTES).putLong(copies++).array());
            }
            files.add(file);
        }
        return files;
    }

    private static BufferedImage draw(Random random) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, color(random), WIDTH, HEIGHT, color(random)));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        for (int i = 0; i < 60; i++) {
            graphics.setColor(color(random));
            graphics.fillOval(
                    random.nextInt(WIDTH),
                    random.nextInt(HEIGHT),
                    random.nextInt(WIDTH / 4),
                    random.nextInt(HEIGHT / 4));
        }
        graphics.dispose();
        int[] row = new int[WIDTH];
        for (int y = 0; y < HEIGHT; y++) {
            image.getRGB(0, y, WIDTH, 1, row, 0, WIDTH);
            for (int x = 0; x < WIDTH; x++) {
                row[x] = noisy(row[x], random.nextInt(NOISE));
            }
            image.setRGB(0, y, WIDTH, 1, row, 0, WIDTH);
        }
        return image;
    }

    private static int noisy(int rgb, int noise) {
        int red = Math.min(255, ((rgb >> 16) & 255) + noise);
        int green = Math.min(255, ((rgb >> 8) & 255) + noise);
        int blue = Math.min(255, (rgb & 255) + noise);
        return red << 16 | green << 8 | blue;
    }

    private static Color color(Random random) {
        return new Color(random.nextInt(0x1000000));
    }
}
