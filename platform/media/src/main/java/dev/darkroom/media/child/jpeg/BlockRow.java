package dev.darkroom.media.child.jpeg;

/// The coefficients of one row of a component's blocks, as many of them as the scale needs.
///
/// All first coefficients lie side by side, then all second ones, and so on: what is done to one
/// block is done to its neighbours in the same step.
final class BlockRow {

    private final int stride;
    private final short[] coefficients;
    private final short[] block = new short[2 * Zigzag.LENGTH];

    /// The zigzag positions that the scale needs, row by row.
    private final int[] needed;

    /// @param scale pixels that a block becomes, across and down
    BlockRow(int scale, int blocks) {
        stride = Lanes.padded(blocks);
        coefficients = new short[scale * scale * stride];
        needed = new int[scale * scale];
        for (int i = 0; i < Zigzag.LENGTH; i++) {
            int x = Zigzag.natural(i) & 7;
            int y = Zigzag.natural(i) >>> 3;
            if (x < scale && y < scale) {
                needed[y * scale + x] = i;
            }
        }
    }

    /// Blocks in the row, those that fill it up for the lanes included.
    int stride() {
        return stride;
    }

    short[] coefficients() {
        return coefficients;
    }

    /// Where one block is read to, in zigzag order; behind it is room for what is nowhere. What the
    /// scale does not need may be left from the block before.
    short[] block() {
        return block;
    }

    /// Takes over what is needed of the block, and leaves zeros there.
    void put(int column) {
        int at = column;
        for (int place : needed) {
            coefficients[at] = block[place];
            block[place] = 0;
            at += stride;
        }
    }
}
