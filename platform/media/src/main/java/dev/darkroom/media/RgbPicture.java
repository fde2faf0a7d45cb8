package dev.darkroom.media;

import java.util.Arrays;
import java.util.Objects;

/// The pixels of a small picture: upright, sRGB, opaque.
///
/// @param rgb three bytes for each pixel, row after row; not copied, not to be changed
@SuppressWarnings(
        "ArrayRecordComponent") // the bytes are handed on, never changed; equality looks into them
public record RgbPicture(int width, int height, byte[] rgb) {
    public RgbPicture {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "%d x %d pixels in %d bytes".formatted(width, height, rgb.length));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RgbPicture(int w, int h, byte[] bytes)
                && w == width
                && h == height
                && Arrays.equals(bytes, rgb);
    }

    @Override
    public int hashCode() {
        return Objects.hash(width, height, Arrays.hashCode(rgb));
    }

    @Override
    public String toString() {
        return "RgbPicture[" + width + " x " + height + "]";
    }
}
