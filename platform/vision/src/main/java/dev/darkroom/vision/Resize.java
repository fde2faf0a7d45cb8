package dev.darkroom.vision;

/// Brings a picture to a size by linear interpolation, with a filter as wide as the reduction
/// demands, so that nothing aliases. Sums are floats in a fixed order: the same everywhere.
final class Resize {
    private Resize() {}

    /// Red, green and blue as planes of floats from 0 to 255.
    static float[][] planes(Picture picture, int width, int height) {
        Picture source = picture;
        while (source.width() >= 4 * width && source.height() >= 4 * height) {
            source = source.halved();
        }
        float[][] narrow = alongRows(source, width);
        float[][] planes = new float[3][];
        for (int c = 0; c < 3; c++) {
            planes[c] = alongColumns(narrow[c], width, source.height(), height);
        }
        return planes;
    }

    private static float[][] alongRows(Picture source, int width) {
        Window[] windows = Window.of(source.width(), width);
        int height = source.height();
        byte[] rgb = source.rgb();
        float[][] narrow = new float[3][width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Window window = windows[x];
                int from = 3 * (y * source.width() + window.first);
                float red = 0;
                float green = 0;
                float blue = 0;
                for (float weight : window.weights) {
                    red += weight * (rgb[from] & 0xff);
                    green += weight * (rgb[from + 1] & 0xff);
                    blue += weight * (rgb[from + 2] & 0xff);
                    from += 3;
                }
                int to = y * width + x;
                narrow[0][to] = red;
                narrow[1][to] = green;
                narrow[2][to] = blue;
            }
        }
        return narrow;
    }

    private static float[] alongColumns(float[] source, int width, int from, int to) {
        Window[] windows = Window.of(from, to);
        float[] small = new float[width * to];
        for (int y = 0; y < to; y++) {
            Window window = windows[y];
            int row = window.first * width;
            for (float weight : window.weights) {
                for (int x = 0; x < width; x++) {
                    small[y * width + x] += weight * source[row + x];
                }
                row += width;
            }
        }
        return small;
    }

    /// The source pixels that make one target pixel, and how much each of them counts.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Window(int first, float[] weights) {
        static Window[] of(int from, int to) {
            Window[] windows = new Window[to];
            double scale = (double) from / to;
            double reach = Math.max(1, scale);
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                int first = (int) Math.max(0, centre - reach + 0.5);
                int last = (int) Math.min(from, centre + reach + 0.5);
                double sum = 0;
                double[] exact = new double[Math.max(1, last - first)];
                for (int j = 0; j < exact.length; j++) {
                    exact[j] = Math.max(0, 1 - Math.abs((first + j + 0.5 - centre) / reach));
                    sum += exact[j];
                }
                float[] weights = new float[exact.length];
                for (int j = 0; j < weights.length; j++) {
                    weights[j] = sum == 0 ? 1f / weights.length : (float) (exact[j] / sum);
                }
                windows[i] = new Window(Math.min(first, from - weights.length), weights);
            }
            return windows;
        }
    }
}
