package dev.darkroom.media.child.jpeg;

/// One colour channel of a frame: luminance, or one of the two colour differences.
///
/// @param across blocks side by side in a unit; a component with half of the most has half the
///   pixels
/// @param down blocks one above the other in a unit
/// @param steps what the 64 coefficients were divided by, in zigzag order
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Component(int across, int down, int[] steps, BlockCode code) {

    /// Its blocks in a unit.
    int blocks() {
        return across * down;
    }
}
