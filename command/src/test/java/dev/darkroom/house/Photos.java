package dev.darkroom.house;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/// Makes photos to test with: no two alike.
final class Photos {
    private Photos() {}

    /// A JPEG with a gradient and a few shapes that follow from the seed.
    static Path make(Path folder, String name, int width, int height, long seed)
            throws IOException {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, color(random), width, height, color(random)));
        graphics.fillRect(0, 0, width, height);
        for (int i = 0; i < 12; i++) {
            graphics.setColor(color(random));
            graphics.fillOval(
                    random.nextInt(width),
                    random.nextInt(height),
                    1 + random.nextInt(width / 4),
                    1 + random.nextInt(height / 4));
        }
        graphics.dispose();
        Path file = folder.resolve(name);
        ImageIO.write(image, "jpg", file.toFile());
        return file;
    }

    /// So many small photos in a folder.
    static List<Path> many(Path folder, int count, long seed) throws IOException {
        Files.createDirectories(folder);
        List<Path> photos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            photos.add(make(folder, "photo-%04d.jpg".formatted(i), 320, 240, seed * 100_000 + i));
        }
        return photos;
    }

    private static Color color(Random random) {
        return new Color(random.nextInt(0x1000000));
    }
}
