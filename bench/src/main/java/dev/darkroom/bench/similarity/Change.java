package dev.darkroom.bench.similarity;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Something that people do to pictures.
record Change(String name, UnaryOperator<BufferedImage> made) {
    static final List<Change> ALL =
            List.of(
                    new Change("JPEG quality 30", image -> recompressed(image, .3f)),
                    new Change("JPEG quality 10", image -> recompressed(image, .1f)),
                    new Change("a quarter of the size", image -> scaled(image, .25, .25)),
                    new Change("squeezed to half the width", image -> scaled(image, .5, 1)),
                    new Change("brighter by 40", image -> pixels(image, 1, 40)),
                    new Change("contrast x 1.4", image -> pixels(image, 1.4, -51)),
                    new Change("grey", Change::grey),
                    new Change("5 % cut off", image -> cropped(image, .05)),
                    new Change("10 % cut off", image -> cropped(image, .10)),
                    new Change("20 % cut off", image -> cropped(image, .20)),
                    new Change("40 % cut off", image -> cropped(image, .40)),
                    new Change("turned by 3 degrees", image -> turned(image, 3)),
                    new Change("turned by 10 degrees", image -> turned(image, 10)),
                    new Change("mirrored", Change::mirrored));

    static BufferedImage scaled(BufferedImage image, double x, double y) {
        BufferedImage current = image;
        double restX = x;
        double restY = y;
        // In halves, since a larger step skips pixels.
        while (restX <= .5 && restY <= .5) {
            current = drawn(current, AffineTransform.getScaleInstance(.5, .5), .5, .5);
            restX *= 2;
            restY *= 2;
        }
        return restX == 1 && restY == 1
                ? current
                : drawn(current, AffineTransform.getScaleInstance(restX, restY), restX, restY);
    }

    private static BufferedImage cropped(BufferedImage image, double share) {
        int dx = (int) (image.getWidth() * share / 2);
        int dy = (int) (image.getHeight() * share / 2);
        return image.getSubimage(dx, dy, image.getWidth() - 2 * dx, image.getHeight() - 2 * dy);
    }

    private static BufferedImage mirrored(BufferedImage image) {
        AffineTransform mirror = AffineTransform.getScaleInstance(-1, 1);
        mirror.translate(-image.getWidth(), 0);
        return drawn(image, mirror, 1, 1);
    }

    /// Enlarged a little, so that fewer black corners show.
    private static BufferedImage turned(BufferedImage image, double degrees) {
        AffineTransform turn = new AffineTransform();
        double x = image.getWidth() / 2.0;
        double y = image.getHeight() / 2.0;
        turn.translate(x, y);
        turn.rotate(Math.toRadians(degrees));
        turn.scale(1.08, 1.08);
        turn.translate(-x, -y);
        return drawn(image, turn, 1, 1);
    }

    private static BufferedImage drawn(
            BufferedImage image, AffineTransform transform, double x, double y) {
        BufferedImage target =
                new BufferedImage(
                        Math.max(1, (int) (image.getWidth() * x)),
                        Math.max(1, (int) (image.getHeight() * y)),
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = target.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, transform, null);
        graphics.dispose();
        return target;
    }

    private static BufferedImage grey(BufferedImage image) {
        BufferedImage grey = drawn(image, new AffineTransform(), 1, 1);
        for (int y = 0; y < grey.getHeight(); y++) {
            for (int x = 0; x < grey.getWidth(); x++) {
                int rgb = grey.getRGB(x, y);
                int luma =
                        (299 * (rgb >> 16 & 0xff) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff))
                                / 1_000;
                grey.setRGB(x, y, luma << 16 | luma << 8 | luma);
            }
        }
        return grey;
    }

    private static BufferedImage pixels(BufferedImage image, double factor, double plus) {
        BufferedImage changed = drawn(image, new AffineTransform(), 1, 1);
        for (int y = 0; y < changed.getHeight(); y++) {
            for (int x = 0; x < changed.getWidth(); x++) {
                int rgb = changed.getRGB(x, y);
                int target = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    double value = (rgb >> shift & 0xff) * factor + plus;
                    target |= Math.clamp(Math.round(value), 0, 255) << shift;
                }
                changed.setRGB(x, y, target);
            }
        }
        return changed;
    }

    private static BufferedImage recompressed(BufferedImage image, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.setOutput(out);
            BufferedImage opaque = drawn(image, new AffineTransform(), 1, 1);
            writer.write(null, new IIOImage(opaque, null, null), parameters);
            out.flush();
            return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        } finally {
            writer.dispose();
        }
    }
}
