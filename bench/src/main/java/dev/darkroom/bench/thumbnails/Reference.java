package dev.darkroom.bench.thumbnails;

import dev.darkroom.bench.thumbnails.Quality.Grey;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// A thumbnail as it should be: every pixel decoded by Java's own decoder, filtered in full
/// resolution with Lanczos' filter, turned upright; never rounded, never compressed.
final class Reference {

    private static final double LOBES = 3;

    private final Grey upright;

    private Reference(Grey upright) {
        this.upright = upright;
    }

    static Reference of(Path photo, int orientation) throws IOException {
        BufferedImage image = ImageIO.read(photo.toFile());
        return new Reference(turned(Grey.of(image), orientation));
    }

    int width() {
        return upright.width();
    }

    int height() {
        return upright.height();
    }

    Grey at(int width, int height) {
        Grey narrow = filtered(upright, width);
        return transposed(filtered(transposed(narrow), height));
    }

    /// EXIF's orientation, by where each pixel goes.
    private static Grey turned(Grey from, int orientation) {
        if (orientation >= 5) {
            return turned(transposed(from), orientation - 4);
        }
        boolean leftToRight = orientation == 2 || orientation == 3;
        boolean topToBottom = orientation == 3 || orientation == 4;
        double[] values = new double[from.values().length];
        for (int y = 0; y < from.height(); y++) {
            for (int x = 0; x < from.width(); x++) {
                int fromX = leftToRight ? from.width() - 1 - x : x;
                int fromY = topToBottom ? from.height() - 1 - y : y;
                values[y * from.width() + x] = from.values()[fromY * from.width() + fromX];
            }
        }
        return new Grey(from.width(), from.height(), values);
    }

    private static Grey transposed(Grey from) {
        double[] values = new double[from.values().length];
        for (int y = 0; y < from.height(); y++) {
            for (int x = 0; x < from.width(); x++) {
                values[x * from.height() + y] = from.values()[y * from.width() + x];
            }
        }
        return new Grey(from.height(), from.width(), values);
    }

    private static Grey filtered(Grey from, int width) {
        double ratio = (double) from.width() / width;
        double stretch = Math.max(1, ratio);
        double[] values = new double[width * from.height()];
        for (int x = 0; x < width; x++) {
            double centre = (x + 0.5) * ratio - 0.5;
            int first = Math.max(0, (int) Math.ceil(centre - LOBES * stretch));
            int last = Math.min(from.width() - 1, (int) (centre + LOBES * stretch));
            double[] weights = new double[last - first + 1];
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = lanczos((first + i - centre) / stretch);
                sum += weights[i];
            }
            for (int y = 0; y < from.height(); y++) {
                double value = 0;
                for (int i = 0; i < weights.length; i++) {
                    value += weights[i] * from.values()[y * from.width() + first + i];
                }
                values[y * width + x] = value / sum;
            }
        }
        return new Grey(width, from.height(), values);
    }

    private static double lanczos(double x) {
        if (x == 0) {
            return 1;
        }
        double angle = Math.PI * x;
        return Math.abs(x) >= LOBES
                ? 0
                : LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
    }
}
