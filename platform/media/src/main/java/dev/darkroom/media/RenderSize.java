package dev.darkroom.media;

/// One wanted rendition; smaller pictures are never enlarged to it.
///
/// @param name as the caller calls it, such as `small`
/// @param maxEdge the longer edge in pixels
public record RenderSize(String name, int maxEdge) {
    public RenderSize {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        if (maxEdge < 1 || maxEdge > 8_192) {
            throw new IllegalArgumentException("maxEdge must be 1 to 8192: " + maxEdge);
        }
    }
}
