package dev.darkroom.media.child;

/// A piece of a file.
record Block(long offset, long length) {

    /// Whether it is a piece of this very file.
    boolean isIn(MediaFile file) {
        return length > 0 && file.has(offset, length);
    }
}
