package dev.darkroom.media.child.jpeg;

import java.util.List;

/// What the header of a baseline JPEG says.
///
/// @param components one for grey, or luminance and two colour differences
/// @param restartInterval units between two restart markers; 0 when there are none
/// @param profile the embedded colour profile; empty when there is none
/// @param dataOffset where the compressed data begins
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Frame(
        int width,
        int height,
        List<Component> components,
        int restartInterval,
        byte[] profile,
        long dataOffset) {

    /// The largest number of blocks in a unit that the format allows.
    static final int MAX_BLOCKS = 10;

    Frame {
        components = List.copyOf(components);
    }

    int mostAcross() {
        return components.stream().mapToInt(Component::across).max().orElseThrow();
    }

    int mostDown() {
        return components.stream().mapToInt(Component::down).max().orElseThrow();
    }

    int blocksInUnit() {
        return components.stream().mapToInt(Component::blocks).sum();
    }

    /// Units side by side: the smallest areas that hold whole blocks of every component.
    int unitsAcross() {
        return Math.ceilDiv(width, 8 * mostAcross());
    }

    int unitsDown() {
        return Math.ceilDiv(height, 8 * mostDown());
    }

    /// The pixels that a component has from left to right; half ones occur at the edge.
    double widthOf(Component component) {
        return (double) width * component.across() / mostAcross();
    }

    double heightOf(Component component) {
        return (double) height * component.down() / mostDown();
    }
}
