package dev.darkroom.media.child.jpeg;

/// The order of a block's coefficients in a file: from coarse to fine.
final class Zigzag {

    static final int LENGTH = 64;

    private static final int[] NATURAL = natural();

    private Zigzag() {}

    /// Row times eight plus column of a coefficient.
    static int natural(int zigzag) {
        return NATURAL[zigzag];
    }

    /// The last one of the coefficients that a scale needs, its lowest in both directions.
    static int last(int scale) {
        int last = 0;
        for (int i = 0; i < LENGTH; i++) {
            if ((NATURAL[i] & 7) < scale && NATURAL[i] >>> 3 < scale) {
                last = i;
            }
        }
        return last;
    }

    private static int[] natural() {
        int[] order = new int[LENGTH];
        int at = 0;
        for (int diagonal = 0; diagonal < 15; diagonal++) {
            for (int i = 0; i <= diagonal; i++) {
                int row = diagonal % 2 == 0 ? diagonal - i : i;
                int column = diagonal - row;
                if (row < 8 && column < 8) {
                    order[at++] = row * 8 + column;
                }
            }
        }
        return order;
    }
}
