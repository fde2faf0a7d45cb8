package dev.darkroom.media;

import org.jspecify.annotations.Nullable;

/// One wanted rendition; smaller pictures are never enlarged to it.
///
/// @param name as the caller calls it, such as `small`
/// @param maxEdge the edge of the square that it is fitted to, in pixels
/// @param quality 1 to 100; null for the request's
public record RenderSize(
        String name, int maxEdge, Fit fit, PictureFormat format, @Nullable Integer quality) {
    public RenderSize {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        if (maxEdge < 1 || maxEdge > 8_192) {
            throw new IllegalArgumentException("maxEdge must be 1 to 8192: " + maxEdge);
        }
        if (quality != null && (quality < 1 || quality > 100)) {
            throw new IllegalArgumentException("quality must be 1 to 100: " + quality);
        }
    }

    /// All of the picture, as JPEG.
    public RenderSize(String name, int maxEdge) {
        this(name, maxEdge, Fit.INSIDE, PictureFormat.JPEG, null);
    }

    /// Whether this is what every engine can draw.
    public boolean isPlain() {
        return fit == Fit.INSIDE && format == PictureFormat.JPEG && quality == null;
    }
}
