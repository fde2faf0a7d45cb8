package dev.darkroom.media;

/// A short animation of a video that repeats for ever: upright, without sound or metadata.
///
/// @param webp the file's bytes; not copied, not to be changed
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed on, never changed or compared
public record Loop(int width, int height, byte[] webp) {
    public Loop {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a loop must have pixels: " + width + " x " + height);
        }
    }
}
