package dev.darkroom.media.child;

import java.util.Arrays;

/// Evan Wallace's ThumbHash: a picture's colours and broad shapes, transparency included, in at
/// most 25 bytes.
///
/// The lowest frequencies of a cosine transform of luminance (L), yellow-blue (P), red-green (Q)
/// and alpha, in four bits each. See
/// [evanw.github.io/thumbhash](https://evanw.github.io/thumbhash/).
final class ThumbHash {

    private static final int MAX_EDGE = 100;

    private ThumbHash() {}

    /// @param rgba not premultiplied, at most 100 x 100
    static byte[] of(Pixels rgba) {
        int width = rgba.width();
        int height = rgba.height();
        if (width > MAX_EDGE || height > MAX_EDGE) {
            throw new IllegalArgumentException(
                    "a thumbhash is made from at most 100 x 100: " + width + " x " + height);
        }
        int count = width * height;
        double[] l = new double[count];
        double[] p = new double[count];
        double[] q = new double[count];
        double[] a = new double[count];
        boolean transparent = split(rgba.argb(), l, p, q, a);

        int limit = transparent ? 5 : 7; // luminance makes room for alpha
        int longer = Math.max(width, height);
        int lx = (int) Math.max(1, Math.round((double) limit * width / longer));
        int ly = (int) Math.max(1, Math.round((double) limit * height / longer));
        Channel luminance = Channel.of(l, width, height, Math.max(3, lx), Math.max(3, ly));
        Channel yellowBlue = Channel.of(p, width, height, 3, 3);
        Channel redGreen = Channel.of(q, width, height, 3, 3);
        boolean landscape = width > height;

        int head =
                (int) Math.round(63 * luminance.dc)
                        | (int) Math.round(31.5 + 31.5 * yellowBlue.dc) << 6
                        | (int) Math.round(31.5 + 31.5 * redGreen.dc) << 12
                        | (int) Math.round(31 * luminance.scale) << 18
                        | (transparent ? 1 << 23 : 0);
        int tail =
                (landscape ? ly : lx)
                        | (int) Math.round(63 * yellowBlue.scale) << 3
                        | (int) Math.round(63 * redGreen.scale) << 9
                        | (landscape ? 1 << 15 : 0);
        Nibbles hash = new Nibbles(head, tail);
        if (!transparent) {
            hash.add(luminance, yellowBlue, redGreen);
            return hash.bytes(5);
        }
        Channel alpha = Channel.of(a, width, height, 5, 5);
        hash.first(alpha);
        hash.add(luminance, yellowBlue, redGreen, alpha);
        return hash.bytes(6);
    }

    /// Fills the four channels, over the average colour where the picture is transparent; says
    /// whether it is anywhere.
    private static boolean split(int[] argb, double[] l, double[] p, double[] q, double[] a) {
        double red = 0;
        double green = 0;
        double blue = 0;
        double opacity = 0;
        for (int pixel : argb) {
            double alpha = (pixel >>> 24) / 255.0;
            red += alpha / 255 * (pixel >> 16 & 0xff);
            green += alpha / 255 * (pixel >> 8 & 0xff);
            blue += alpha / 255 * (pixel & 0xff);
            opacity += alpha;
        }
        if (opacity > 0) {
            red /= opacity;
            green /= opacity;
            blue /= opacity;
        }
        for (int i = 0; i < argb.length; i++) {
            int pixel = argb[i];
            double alpha = (pixel >>> 24) / 255.0;
            double r = red * (1 - alpha) + alpha / 255 * (pixel >> 16 & 0xff);
            double g = green * (1 - alpha) + alpha / 255 * (pixel >> 8 & 0xff);
            double b = blue * (1 - alpha) + alpha / 255 * (pixel & 0xff);
            l[i] = (r + g + b) / 3;
            p[i] = (r + g) / 2 - b;
            q[i] = r - g;
            a[i] = alpha;
        }
        return opacity < argb.length;
    }

    /// One channel's average, and its waves scaled into 0 to 1.
    private static final class Channel {
        private final double dc;
        private final double[] ac;
        private final double scale;

        private Channel(double dc, double[] ac, double scale) {
            this.dc = dc;
            this.ac = ac;
            this.scale = scale;
        }

        static Channel of(double[] channel, int width, int height, int nx, int ny) {
            double dc = 0;
            double scale = 0;
            double[] ac = new double[nx * ny];
            int count = 0;
            double[] wave = new double[width];
            for (int cy = 0; cy < ny; cy++) {
                for (int cx = 0; cx * ny < nx * (ny - cy); cx++) {
                    for (int x = 0; x < width; x++) {
                        wave[x] = Math.cos(Math.PI / width * cx * (x + 0.5));
                    }
                    double sum = 0;
                    for (int y = 0; y < height; y++) {
                        double fy = Math.cos(Math.PI / height * cy * (y + 0.5));
                        for (int x = 0; x < width; x++) {
                            sum += channel[x + y * width] * wave[x] * fy;
                        }
                    }
                    double f = sum / (width * height);
                    if (cx > 0 || cy > 0) {
                        ac[count++] = f;
                        scale = Math.max(scale, Math.abs(f));
                    } else {
                        dc = f;
                    }
                }
            }
            double[] scaled = Arrays.copyOf(ac, count);
            for (int i = 0; scale > 0 && i < count; i++) {
                scaled[i] = 0.5 + 0.5 / scale * scaled[i];
            }
            return new Channel(dc, scaled, scale);
        }
    }

    /// The header, then four bits per wave, low half of each byte first.
    private static final class Nibbles {
        private final byte[] bytes = new byte[64];
        private int start = 5;
        private int count;

        Nibbles(int head, int tail) {
            bytes[0] = (byte) head;
            bytes[1] = (byte) (head >> 8);
            bytes[2] = (byte) (head >> 16);
            bytes[3] = (byte) tail;
            bytes[4] = (byte) (tail >> 8);
        }

        void first(Channel alpha) {
            bytes[5] = (byte) (Math.round(15 * alpha.dc) | Math.round(15 * alpha.scale) << 4);
            start = 6;
        }

        void add(Channel... channels) {
            for (Channel channel : channels) {
                for (double wave : channel.ac) {
                    bytes[start + (count >> 1)] |=
                            (byte) (Math.round(15 * wave) << ((count & 1) << 2));
                    count++;
                }
            }
        }

        byte[] bytes(int header) {
            return Arrays.copyOf(bytes, header + (count + 1) / 2);
        }
    }
}
