package dev.darkroom.media.child;

/// Makes pictures smaller with a Lanczos filter as wide as the reduction demands, so that nothing
/// aliases.
final class Resample {

    private static final double LOBES = 3;

    private Resample() {}

    static Pixels to(Pixels source, int width, int height) {
        float[] narrow = alongRows(source, width);
        float[] small = alongColumns(narrow, width, source.height(), height);
        return new Pixels(width, height, plain(small));
    }

    /// One row, so that a large picture is never in memory as floats.
    private static void premultiply(int[] argb, int from, float[] row) {
        for (int i = 0; i < row.length; i += 4) {
            int pixel = argb[from + i / 4];
            int alpha = pixel >>> 24;
            float scale = alpha / 255f;
            row[i] = alpha;
            row[i + 1] = (pixel >> 16 & 0xff) * scale;
            row[i + 2] = (pixel >> 8 & 0xff) * scale;
            row[i + 3] = (pixel & 0xff) * scale;
        }
    }

    private static int[] plain(float[] planes) {
        int[] argb = new int[planes.length / 4];
        for (int i = 0; i < argb.length; i++) {
            float alpha = Math.clamp(planes[4 * i], 0f, 255f);
            float scale = alpha > 0 ? 255f / alpha : 0;
            argb[i] =
                    round(alpha) << 24
                            | round(planes[4 * i + 1] * scale) << 16
                            | round(planes[4 * i + 2] * scale) << 8
                            | round(planes[4 * i + 3] * scale);
        }
        return argb;
    }

    private static int round(float value) {
        return Math.clamp((int) (value + 0.5f), 0, 255);
    }

    private static float[] alongRows(Pixels source, int newWidth) {
        Weights[] weights = Weights.of(source.width(), newWidth);
        float[] row = new float[source.width() * 4];
        float[] target = new float[newWidth * source.height() * 4];
        for (int y = 0; y < source.height(); y++) {
            premultiply(source.argb(), y * source.width(), row);
            for (int x = 0; x < newWidth; x++) {
                Weights window = weights[x];
                gather(row, window.first * 4, 4, window.values, target, (y * newWidth + x) * 4);
            }
        }
        return target;
    }

    private static float[] alongColumns(float[] source, int width, int height, int newHeight) {
        Weights[] weights = Weights.of(height, newHeight);
        float[] target = new float[width * newHeight * 4];
        for (int y = 0; y < newHeight; y++) {
            Weights window = weights[y];
            for (int x = 0; x < width; x++) {
                int from = (window.first * width + x) * 4;
                gather(source, from, 4 * width, window.values, target, (y * width + x) * 4);
            }
        }
        return target;
    }

    private static void gather(
            float[] source, int from, int step, float[] weights, float[] target, int at) {
        float a = 0;
        float r = 0;
        float g = 0;
        float b = 0;
        int i = from;
        for (float weight : weights) {
            a += weight * source[i];
            r += weight * source[i + 1];
            g += weight * source[i + 2];
            b += weight * source[i + 3];
            i += step;
        }
        target[at] = a;
        target[at + 1] = r;
        target[at + 2] = g;
        target[at + 3] = b;
    }

    /// The source pixels that make one target pixel, and how much each of them counts.
    private static final class Weights {
        private final int first;
        private final float[] values;

        private Weights(int first, float[] values) {
            this.first = first;
            this.values = values;
        }

        static Weights[] of(int from, int to) {
            double scale = (double) from / to;
            double reach = LOBES * Math.max(1, scale);
            Weights[] all = new Weights[to];
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                int first = (int) Math.max(0, Math.floor(centre - reach));
                int last = (int) Math.min(from - 1, Math.ceil(centre + reach) - 1);
                float[] values = new float[last - first + 1];
                double sum = 0;
                for (int j = 0; j < values.length; j++) {
                    double weight = lanczos((first + j + 0.5 - centre) / Math.max(1, scale));
                    values[j] = (float) weight;
                    sum += weight;
                }
                for (int j = 0; j < values.length; j++) {
                    values[j] /= (float) sum;
                }
                all[i] = new Weights(first, values);
            }
            return all;
        }

        private static double lanczos(double x) {
            if (Math.abs(x) < 1e-9) {
                return 1;
            }
            if (Math.abs(x) >= LOBES) {
                return 0;
            }
            double px = Math.PI * x;
            return LOBES * Math.sin(px) * Math.sin(px / LOBES) / (px * px);
        }
    }
}
