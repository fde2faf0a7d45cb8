package dev.darkroom.media;

import java.util.Arrays;
import java.util.Objects;

/// One picture made from another: upright, sRGB, opaque, JPEG without any metadata.
///
/// @param name the [RenderSize]'s name
/// @param jpeg the file's bytes; not copied, not to be changed
@SuppressWarnings(
        "ArrayRecordComponent") // the bytes are handed on, never changed; equality looks into them
public record Rendition(String name, int width, int height, byte[] jpeg) {
    public Rendition {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "rendition must have pixels: " + width + " x " + height);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rendition(String n, int w, int h, byte[] bytes)
                && n.equals(name)
                && w == width
                && h == height
                && Arrays.equals(bytes, jpeg);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, width, height, Arrays.hashCode(jpeg));
    }

    @Override
    public String toString() {
        return "Rendition[" + name + ", " + width + " x " + height + ", " + jpeg.length + " bytes]";
    }
}
