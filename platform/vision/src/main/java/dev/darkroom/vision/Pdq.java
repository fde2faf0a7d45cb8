package dev.darkroom.vision;

import java.util.Arrays;

/// The PDQ hash, written from its published description ("The TMK+PDQF Video-Hashing Algorithm and
/// the PDQ Image-Hashing Algorithm", Facebook 2019): brightness, smoothed twice, sampled at 64 x
/// 64; of its frequencies the lowest 16 x 16, each a 1 where it is above their median.
public final class Pdq {
    private static final int GRID = 64;
    private static final int KEPT = 16;
    private static final int PASSES = 2;

    /// Larger ones are halved first: the hash differs in a few bits, and takes a fraction of the
    /// time.
    private static final int LARGEST = 1_024;

    private static final float[][] COSINES = cosines();

    private Pdq() {}

    public static PerceptualHash hash(Picture picture) {
        Picture source = picture;
        while (Math.min(source.width(), source.height()) >= LARGEST) {
            source = source.halved();
        }
        float[] grid = sampled(smoothed(source), source.width(), source.height());
        return new PerceptualHash(bits(frequencies(grid)), quality(grid));
    }

    private static float[] smoothed(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        byte[] rgb = picture.rgb();
        float[] luma = new float[width * height];
        for (int i = 0; i < luma.length; i++) {
            luma[i] =
                    .299f * (rgb[3 * i] & 0xff)
                            + .587f * (rgb[3 * i + 1] & 0xff)
                            + .114f * (rgb[3 * i + 2] & 0xff);
        }
        float[] other = new float[luma.length];
        for (int pass = 0; pass < PASSES; pass++) {
            for (int y = 0; y < height; y++) {
                alongRow(luma, other, y * width, width);
            }
            alongColumns(other, luma, width, height);
        }
        return luma;
    }

    /// The mean of a window around each value; at the ends, of what there is.
    private static void alongRow(float[] source, float[] target, int from, int width) {
        Window window = Window.of(width);
        float sum = 0;
        int count = 0;
        for (int x = 1 - window.ahead(); x < width; x++) {
            if (x + window.ahead() - 1 < width) {
                sum += source[from + x + window.ahead() - 1];
                count++;
            }
            if (x - window.behind() >= 0) {
                sum -= source[from + x - window.behind()];
                count--;
            }
            if (x >= 0) {
                target[from + x] = sum / count;
            }
        }
    }

    /// The same, all columns side by side as they lie in memory.
    private static void alongColumns(float[] source, float[] target, int width, int height) {
        Window window = Window.of(height);
        float[] sums = new float[width];
        int count = 0;
        for (int y = 1 - window.ahead(); y < height; y++) {
            if (y + window.ahead() - 1 < height) {
                int entering = (y + window.ahead() - 1) * width;
                for (int x = 0; x < width; x++) {
                    sums[x] += source[entering + x];
                }
                count++;
            }
            if (y - window.behind() >= 0) {
                int leaving = (y - window.behind()) * width;
                for (int x = 0; x < width; x++) {
                    sums[x] -= source[leaving + x];
                }
                count--;
            }
            for (int x = 0; y >= 0 && x < width; x++) {
                target[y * width + x] = sums[x] / count;
            }
        }
    }

    /// How far a window of the smoothing reaches: itself included ahead, not included behind.
    private record Window(int ahead, int behind) {
        static Window of(int length) {
            int whole = (length + 2 * GRID - 1) / (2 * GRID);
            int ahead = (whole + 2) / 2;
            return new Window(ahead, whole - ahead + 1);
        }
    }

    private static float[] sampled(float[] luma, int width, int height) {
        float[] grid = new float[GRID * GRID];
        for (int y = 0; y < GRID; y++) {
            int row = ((int) ((y + .5) * height / GRID)) * width;
            for (int x = 0; x < GRID; x++) {
                grid[y * GRID + x] = luma[row + (int) ((x + .5) * width / GRID)];
            }
        }
        return grid;
    }

    /// How much neighbours differ, summed up; 100 is enough.
    private static int quality(float[] grid) {
        int sum = 0;
        for (int y = 0; y < GRID; y++) {
            for (int x = 0; x < GRID; x++) {
                float value = grid[y * GRID + x];
                sum += y + 1 < GRID ? step(value, grid[(y + 1) * GRID + x]) : 0;
                sum += x + 1 < GRID ? step(value, grid[y * GRID + x + 1]) : 0;
            }
        }
        return Math.min(100, sum / 90);
    }

    private static int step(float one, float other) {
        return Math.abs((int) ((one - other) * 100 / 255));
    }

    private static float[] frequencies(float[] grid) {
        float[] half = new float[KEPT * GRID];
        for (int k = 0; k < KEPT; k++) {
            for (int y = 0; y < GRID; y++) {
                float cosine = COSINES[k][y];
                for (int x = 0; x < GRID; x++) {
                    half[k * GRID + x] += cosine * grid[y * GRID + x];
                }
            }
        }
        float[] result = new float[KEPT * KEPT];
        for (int k = 0; k < KEPT; k++) {
            for (int l = 0; l < KEPT; l++) {
                float sum = 0;
                for (int x = 0; x < GRID; x++) {
                    sum += half[k * GRID + x] * COSINES[l][x];
                }
                result[k * KEPT + l] = sum;
            }
        }
        return result;
    }

    /// The highest frequencies come first, as in the published form.
    private static String bits(float[] frequencies) {
        float[] sorted = frequencies.clone();
        Arrays.sort(sorted);
        float median = sorted[sorted.length / 2 - 1];
        StringBuilder bits = new StringBuilder();
        for (int i = frequencies.length - 1; i >= 0; i--) {
            bits.append(frequencies[i] > median ? '1' : '0');
        }
        return bits.toString();
    }

    /// The constant frequency is left out. `StrictMath`: these bits decide those of the hash.
    private static float[][] cosines() {
        float[][] cosines = new float[KEPT][GRID];
        for (int k = 0; k < KEPT; k++) {
            for (int x = 0; x < GRID; x++) {
                double angle = Math.PI * (k + 1) * (2 * x + 1) / (2 * GRID);
                cosines[k][x] = (float) (Math.sqrt(2.0 / GRID) * StrictMath.cos(angle));
            }
        }
        return cosines;
    }
}
