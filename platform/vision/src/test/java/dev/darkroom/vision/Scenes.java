package dev.darkroom.vision;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Pictures drawn by number: sky over ground with things in it, each number another one.
final class Scenes {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    private Scenes() {}

    static BufferedImage scene(int number) {
        Random random = new Random(number);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        int horizon = 60 + random.nextInt(120);
        graphics.setPaint(new GradientPaint(0, 0, colour(random), WIDTH, horizon, colour(random)));
        graphics.fillRect(0, 0, WIDTH, horizon);
        graphics.setPaint(
                new GradientPaint(0, horizon, colour(random), WIDTH, HEIGHT, colour(random)));
        graphics.fillRect(0, horizon, WIDTH, HEIGHT);
        for (int i = 0; i < 12; i++) {
            graphics.setColor(colour(random));
            double size = 10 + random.nextInt(80);
            double x = random.nextInt(WIDTH) - size / 2;
            double y = random.nextInt(HEIGHT) - size / 2;
            graphics.fill(new Ellipse2D.Double(x, y, size, size * (0.3 + random.nextDouble())));
            graphics.rotate(random.nextDouble() - .5, WIDTH / 2., HEIGHT / 2.);
            graphics.fillRect((int) y, (int) x, (int) size, 3 + random.nextInt(12));
        }
        graphics.dispose();
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int noise = random.nextInt(17) - 8;
            int rgb = image.getRGB(i % WIDTH, i / WIDTH);
            image.setRGB(i % WIDTH, i / WIDTH, brighter(rgb, noise));
        }
        return image;
    }

    static BufferedImage plain(Color colour) {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, 64, 64);
        graphics.dispose();
        return image;
    }

    static Picture picture(BufferedImage image) {
        int[] argb =
                image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        byte[] rgb = new byte[3 * argb.length];
        for (int i = 0; i < argb.length; i++) {
            rgb[3 * i] = (byte) (argb[i] >> 16);
            rgb[3 * i + 1] = (byte) (argb[i] >> 8);
            rgb[3 * i + 2] = (byte) argb[i];
        }
        return new Picture(image.getWidth(), image.getHeight(), rgb);
    }

    static BufferedImage scaled(BufferedImage image, double by) {
        return drawn(
                image,
                (int) (image.getWidth() * by),
                (int) (image.getHeight() * by),
                AffineTransform.getScaleInstance(by, by));
    }

    static BufferedImage cropped(BufferedImage image, double share) {
        int dx = (int) (image.getWidth() * share / 2);
        int dy = (int) (image.getHeight() * share / 2);
        return image.getSubimage(dx, dy, image.getWidth() - 2 * dx, image.getHeight() - 2 * dy);
    }

    static BufferedImage mirrored(BufferedImage image) {
        AffineTransform mirror = AffineTransform.getScaleInstance(-1, 1);
        mirror.translate(-image.getWidth(), 0);
        return drawn(image, image.getWidth(), image.getHeight(), mirror);
    }

    static BufferedImage grey(BufferedImage image) {
        BufferedImage grey =
                new BufferedImage(
                        image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = grey.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return grey;
    }

    static BufferedImage brighter(BufferedImage image) {
        BufferedImage brighter = drawn(image, image.getWidth(), image.getHeight(), null);
        for (int y = 0; y < brighter.getHeight(); y++) {
            for (int x = 0; x < brighter.getWidth(); x++) {
                brighter.setRGB(x, y, brighter(brighter.getRGB(x, y), 30));
            }
        }
        return brighter;
    }

    private static BufferedImage drawn(
            BufferedImage image, int width, int height, @Nullable AffineTransform transform) {
        BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = target.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, transform, null);
        graphics.dispose();
        return target;
    }

    private static int brighter(int rgb, int by) {
        int red = Math.clamp((rgb >> 16 & 0xff) + by, 0, 255);
        int green = Math.clamp((rgb >> 8 & 0xff) + by, 0, 255);
        int blue = Math.clamp((rgb & 0xff) + by, 0, 255);
        return red << 16 | green << 8 | blue;
    }

    private static Color colour(Random random) {
        return Color.getHSBColor(
                random.nextFloat(), random.nextFloat(), .2f + .8f * random.nextFloat());
    }
}
