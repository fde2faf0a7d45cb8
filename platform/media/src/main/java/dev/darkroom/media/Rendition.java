package dev.darkroom.media;

import java.util.Arrays;
import java.util.Objects;

/// One picture made from another: upright, sRGB, opaque, a file without any metadata.
///
/// @param name the [RenderSize]'s name
/// @param bytes the file's bytes; not copied, not to be changed
@SuppressWarnings(
        "ArrayRecordComponent") // the bytes are handed on, never changed; equality looks into them
public record Rendition(String name, int width, int height, byte[] bytes, PictureFormat format) {
    public Rendition {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "rendition must have pixels: " + width + " x " + height);
        }
    }

    /// A JPEG.
    public Rendition(String name, int width, int height, byte[] jpeg) {
        this(name, width, height, jpeg, PictureFormat.JPEG);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rendition(String n, int w, int h, byte[] b, PictureFormat f)
                && n.equals(name)
                && w == width
                && h == height
                && Arrays.equals(b, bytes)
                && f == format;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, width, height, Arrays.hashCode(bytes), format);
    }

    @Override
    public String toString() {
        return "Rendition["
                + name
                + ", "
                + width
                + " x "
                + height
                + ", "
                + bytes.length
                + " bytes]";
    }
}
