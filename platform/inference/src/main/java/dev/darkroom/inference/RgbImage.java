package dev.darkroom.inference;

import java.util.Arrays;

/// A picture as it lies in memory: upright, sRGB, three bytes (red, green, blue) for each pixel,
/// row after row. Who decoded it, and how safely, is not known here.
///
/// @param pixels width times height times three bytes; not copied, not to be changed
@SuppressWarnings("ArrayRecordComponent") // megabytes that are only read; equality looks into them
public record RgbImage(int width, int height, byte[] pixels) {
    public RgbImage {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a picture must have pixels: " + width + " x " + height);
        }
        if (pixels.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "%d x %d pixels are %d bytes, not %d"
                            .formatted(width, height, 3L * width * height, pixels.length));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RgbImage(int w, int h, byte[] bytes)
                && w == width
                && h == height
                && Arrays.equals(bytes, pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "RgbImage[" + width + " x " + height + "]";
    }
}
