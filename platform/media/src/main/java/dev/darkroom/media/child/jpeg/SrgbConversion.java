package dev.darkroom.media.child.jpeg;

import java.util.Arrays;

/// Brings the planes of a picture from a camera's colours to sRGB, a row at a time: to red, green
/// and blue, to light, through the matrix, and all the way back.
///
/// Each step is a loop of its own over a row, simple enough for the compiler to use the processor's
/// vectors.
final class SrgbConversion {

    /// Light in steps this fine has its own level of sRGB each.
    private static final int STEPS = 4096;

    private static final float[] LEVELS = levels();

    private final float[][] light;
    private final float[] matrix;
    private final SmallPicture picture;
    private final float[] luminance;
    private final float[][] differences = new float[3][];
    private final int[] indices;
    private final float[][] colours = new float[3][];
    private final float[][] sums = new float[3][];
    private final float[] mixed;

    /// @param light what each level of red, green and blue stands for, from 0 to 1
    /// @param matrix to red, green and blue of sRGB, row by row
    SrgbConversion(float[][] light, float[] matrix, SmallPicture picture) {
        this.light = light;
        this.matrix = matrix;
        this.picture = picture;
        int length = picture.luminance().stride();
        luminance = new float[length];
        indices = new int[length];
        mixed = new float[length];
        for (int i = 0; i < 3; i++) {
            differences[i] = new float[length];
            colours[i] = new float[length];
            sums[i] = new float[length];
        }
    }

    /// Changes the planes in place.
    void run() {
        for (int y = 0; y < picture.blueness().height(); y++) {
            spread(y);
            for (float[] sum : sums) {
                Arrays.fill(sum, 0);
            }
            int rows = Math.min(2, picture.height() - 2 * y);
            for (int row = 0; row < rows; row++) {
                convert((2 * y + row) * luminance.length);
            }
            gather(y, rows);
        }
    }

    /// What the colour differences of a row add to red, green and blue, for each pixel.
    private void spread(int y) {
        Plane blueness = picture.blueness();
        for (int x = 0; x < blueness.width(); x++) {
            float blue = blueness.at(x, y) - 128;
            float red = picture.redness().at(x, y) - 128;
            float[] added = {1.402f * red, -0.344136f * blue - 0.714136f * red, 1.772f * blue};
            for (int i = 0; i < 3; i++) {
                differences[i][2 * x] = added[i];
                differences[i][Math.min(2 * x + 1, luminance.length - 1)] = added[i];
            }
        }
    }

    /// One row of pixels.
    private void convert(int row) {
        byte[] samples = picture.luminance().samples();
        Lanes.widen(samples, row, 0, luminance, 0, luminance.length);
        for (int i = 0; i < 3; i++) {
            round(luminance, differences[i], indices);
            lookUp(light[i], indices, colours[i]);
        }
        Arrays.fill(luminance, 0);
        float[] shares = {0.299f, 0.587f, 0.114f};
        for (int i = 0; i < 3; i++) {
            mix(i);
            lookUp(LEVELS, indices, mixed);
            add(mixed, shares[i], luminance);
            add(mixed, 1, sums[i]);
        }
        Lanes.narrow(luminance, 0, samples, row, luminance.length);
    }

    private static void round(float[] a, float[] b, int[] to) {
        for (int x = 0; x < to.length; x++) {
            to[x] = (int) Math.max(0f, Math.min(255f, a[x] + b[x] + 0.5f));
        }
    }

    private static void lookUp(float[] table, int[] from, float[] to) {
        for (int x = 0; x < to.length; x++) {
            to[x] = table[from[x]];
        }
    }

    private void mix(int colour) {
        float r = matrix[3 * colour] * STEPS;
        float g = matrix[3 * colour + 1] * STEPS;
        float b = matrix[3 * colour + 2] * STEPS;
        float[] red = colours[0];
        float[] green = colours[1];
        float[] blue = colours[2];
        int[] to = indices;
        for (int x = 0; x < to.length; x++) {
            float sum = r * red[x] + g * green[x] + b * blue[x] + 0.5f;
            to[x] = (int) Math.max(0f, Math.min(STEPS, sum));
        }
    }

    private static void add(float[] from, float factor, float[] to) {
        for (int x = 0; x < to.length; x++) {
            to[x] += factor * from[x];
        }
    }

    /// The colour differences of up to four pixels' average.
    private void gather(int y, int rows) {
        int width = picture.width();
        int at = y * picture.blueness().stride();
        for (int x = 0; x < picture.blueness().width(); x++) {
            int next = Math.min(2 * x + 1, width - 1);
            float r = (sums[0][2 * x] + sums[0][next]) / (2 * rows);
            float g = (sums[1][2 * x] + sums[1][next]) / (2 * rows);
            float b = (sums[2][2 * x] + sums[2][next]) / (2 * rows);
            picture.blueness().samples()[at + x] =
                    difference(-0.168736f * r - 0.331264f * g + 0.5f * b);
            picture.redness().samples()[at + x] =
                    difference(0.5f * r - 0.418688f * g - 0.081312f * b);
        }
    }

    private static byte difference(float value) {
        return (byte) Math.clamp((int) (value + 128.5f), 0, 255);
    }

    private static float[] levels() {
        float[] levels = new float[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double x = (double) i / STEPS;
            double level = x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055;
            levels[i] = Math.round(level * 255);
        }
        return levels;
    }
}
