package dev.darkroom.bench.thumbnails;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;

/// How close a thumbnail is to what it should be, in decibels: the noise in its brightness (PSNR),
/// and how alike its structures are (SSIM as `-10 log10(1 - SSIM)`).
record Quality(double noise, double structure) {

    private static final double[] WINDOW = window();
    private static final double C1 = 0.01 * 255 * 0.01 * 255;
    private static final double C2 = 0.03 * 255 * 0.03 * 255;

    /// Brightness, row by row.
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    record Grey(int width, int height, double[] values) {
        static Grey of(BufferedImage image) {
            int width = image.getWidth();
            int height = image.getHeight();
            int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
            double[] values = new double[argb.length];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        0.299 * (argb[i] >> 16 & 0xff)
                                + 0.587 * (argb[i] >> 8 & 0xff)
                                + 0.114 * (argb[i] & 0xff);
            }
            return new Grey(width, height, values);
        }

        static Grey of(byte[] jpeg) {
            try {
                return of(ImageIO.read(new ByteArrayInputStream(jpeg)));
            } catch (IOException e) {
                throw new UncheckedIOException("memory cannot fail to be read", e);
            }
        }

        private Grey times(Grey other) {
            double[] products = new double[values.length];
            for (int i = 0; i < products.length; i++) {
                products[i] = values[i] * other.values[i];
            }
            return new Grey(width, height, products);
        }

        private Grey blurred() {
            double[] half = new double[values.length];
            double[] whole = new double[values.length];
            for (int y = 0; y < height; y++) {
                int row = y * width;
                for (int x = 0; x < width; x++) {
                    half[row + x] = weighted(values, x, width, i -> row + i);
                }
            }
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int column = x;
                    whole[y * width + x] = weighted(half, y, height, i -> i * width + column);
                }
            }
            return new Grey(width, height, whole);
        }

        private static double weighted(
                double[] from, int centre, int length, IntUnaryOperator place) {
            double sum = 0;
            int reach = WINDOW.length / 2;
            for (int k = -reach; k <= reach; k++) {
                int at = Math.clamp(centre + k, 0, length - 1);
                sum += WINDOW[k + reach] * from[place.applyAsInt(at)];
            }
            return sum;
        }
    }

    static Quality of(Grey expected, Grey seen) {
        if (expected.width != seen.width || expected.height != seen.height) {
            throw new IllegalArgumentException(
                    "%d x %d instead of %d x %d"
                            .formatted(seen.width, seen.height, expected.width, expected.height));
        }
        double squares = 0;
        for (int i = 0; i < seen.values.length; i++) {
            double difference = seen.values[i] - expected.values[i];
            squares += difference * difference;
        }
        double noise = 10 * Math.log10(255.0 * 255 * seen.values.length / squares);
        return new Quality(noise, -10 * Math.log10(1 - likeness(expected, seen)));
    }

    private static double likeness(Grey a, Grey b) {
        double[] meanA = a.blurred().values;
        double[] meanB = b.blurred().values;
        double[] squareA = a.times(a).blurred().values;
        double[] squareB = b.times(b).blurred().values;
        double[] product = a.times(b).blurred().values;
        double sum = 0;
        for (int i = 0; i < meanA.length; i++) {
            double both = meanA[i] * meanB[i];
            double spreadA = squareA[i] - meanA[i] * meanA[i];
            double spreadB = squareB[i] - meanB[i] * meanB[i];
            sum +=
                    (2 * both + C1)
                            * (2 * (product[i] - both) + C2)
                            / ((meanA[i] * meanA[i] + meanB[i] * meanB[i] + C1)
                                    * (spreadA + spreadB + C2));
        }
        return sum / meanA.length;
    }

    private static double[] window() {
        double[] window = new double[11];
        double sum = 0;
        for (int i = 0; i < window.length; i++) {
            window[i] = Math.exp(-(i - 5) * (i - 5) / (2 * 1.5 * 1.5));
            sum += window[i];
        }
        for (int i = 0; i < window.length; i++) {
            window[i] /= sum;
        }
        return window;
    }
}
