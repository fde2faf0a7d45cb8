package dev.darkroom.inference.picture;

import dev.darkroom.inference.RgbImage;
import java.nio.FloatBuffer;

/// From bytes to the numbers a graph expects: `(byte * scale - mean) / std`, a table for each
/// channel.
public final class Normalisation {
    /// Bytes to 0..1.
    public static final float UNIT = 1 / 255f;

    private final float scale;
    private final Channels mean;
    private final Channels std;
    private final float[] red;
    private final float[] green;
    private final float[] blue;

    public Normalisation(float scale, Channels mean, Channels std) {
        if (std.red() <= 0 || std.green() <= 0 || std.blue() <= 0) {
            throw new IllegalArgumentException("std must be positive: " + std);
        }
        this.scale = scale;
        this.mean = mean;
        this.std = std;
        this.red = table(scale, mean.red(), std.red());
        this.green = table(scale, mean.green(), std.green());
        this.blue = table(scale, mean.blue(), std.blue());
    }

    /// Three planes, red first, at the buffer's position.
    public void planes(RgbImage picture, FloatBuffer target) {
        byte[] pixels = picture.pixels();
        int count = pixels.length / 3;
        float[] planes = new float[3 * count];
        for (int i = 0, in = 0; i < count; i++, in += 3) {
            planes[i] = red[pixels[in] & 0xff];
            planes[count + i] = green[pixels[in + 1] & 0xff];
            planes[2 * count + i] = blue[pixels[in + 2] & 0xff];
        }
        target.put(planes);
    }

    /// Pixel by pixel, red first, at the buffer's position.
    public void interleaved(RgbImage picture, FloatBuffer target) {
        byte[] pixels = picture.pixels();
        float[] values = new float[pixels.length];
        for (int in = 0; in < pixels.length; in += 3) {
            values[in] = red[pixels[in] & 0xff];
            values[in + 1] = green[pixels[in + 1] & 0xff];
            values[in + 2] = blue[pixels[in + 2] & 0xff];
        }
        target.put(values);
    }

    @Override
    public String toString() {
        return "scale " + scale + ", mean " + mean + ", std " + std;
    }

    private static float[] table(float scale, float mean, float std) {
        float[] table = new float[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = (i * scale - mean) / std;
        }
        return table;
    }
}
