package dev.darkroom.media.child.jpeg;

import java.util.Arrays;

/// The coefficients of one row of a component's blocks, as many of them as the scale needs.
///
/// All first coefficients lie side by side, then all second ones, and so on: what is done to one
/// block is done to its neighbours in the same step.
final class BlockRow {

    private final int scale;
    private final int stride;
    private final short[] coefficients;
    private final int[] places = new int[2 * CoefficientTable.NOWHERE];

    /// @param scale pixels that a block becomes, across and down
    BlockRow(int scale, int blocks) {
        this.scale = scale;
        this.stride = Lanes.padded(blocks);
        this.coefficients = new short[(scale * scale + 1) * stride];
        int nowhere = scale * scale * stride;
        for (int i = 0; i < places.length; i++) {
            int natural = i < Zigzag.LENGTH ? Zigzag.natural(i) : Zigzag.LENGTH;
            int x = natural & 7;
            int y = natural >>> 3;
            places[i] = x < scale && y < scale ? (y * scale + x) * stride : nowhere;
        }
    }

    int scale() {
        return scale;
    }

    /// Blocks in the row, those that fill it up for the lanes included.
    int stride() {
        return stride;
    }

    short[] coefficients() {
        return coefficients;
    }

    /// Where each coefficient of the first block goes, in zigzag order; what the scale leaves out
    /// goes behind the others.
    int[] places() {
        return places;
    }

    void clear() {
        Arrays.fill(coefficients, (short) 0);
    }
}
