package dev.darkroom.media.child;

/// The eight EXIF orientations as what they are: an optional mirror, then quarter turns.
final class Orientation {

    /// Orientation by quarter turns to the right, without and with a mirror (left and right
    /// swapped) before them.
    private static final int[] TURNED = {1, 6, 3, 8};

    private static final int[] MIRRORED = {2, 7, 4, 5};

    private Orientation() {}

    /// Whether left and right are swapped, before any turn.
    static boolean isMirrored(int orientation) {
        return orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
    }

    /// Quarter turns to the right, after the mirror, that bring the picture upright.
    static int quarterTurns(int orientation) {
        return switch (orientation) {
            case 6, 7 -> 1;
            case 3, 4 -> 2;
            case 5, 8 -> 3;
            default -> 0;
        };
    }

    /// The orientation after more turns to the left.
    static int turnedLeft(int orientation, int quarters) {
        int turns = (quarterTurns(orientation) + 4 - quarters) & 3;
        return isMirrored(orientation) ? MIRRORED[turns] : TURNED[turns];
    }

    /// The orientation after one more mirror: left and right swapped, or top and bottom.
    static int mirrored(int orientation, boolean leftAndRight) {
        // A mirror after turns equals the mirror first and the turns the other way round.
        int turns = (4 - quarterTurns(orientation)) & 3;
        if (!leftAndRight) {
            turns = (turns + 2) & 3;
        }
        return isMirrored(orientation) ? TURNED[turns] : MIRRORED[turns];
    }
}
