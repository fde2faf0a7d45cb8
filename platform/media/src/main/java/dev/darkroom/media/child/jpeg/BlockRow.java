package dev.darkroom.media.child.jpeg;

/// The coefficients of one row of a component's blocks, block by block in zigzag order, as many of
/// them as the scale needs.
final class BlockRow {

    private final int stride;
    private final int kept;
    private final int lastNeeded;
    private final short[] coefficients;
    private final short[] block = new short[2 * Zigzag.LENGTH];

    /// @param scale pixels that a block becomes, across and down
    BlockRow(int scale, int blocks) {
        stride = Lanes.padded(blocks);
        lastNeeded = Zigzag.last(scale);
        kept = kept(scale);
        coefficients = new short[stride * kept];
    }

    /// Coefficients of each block at a scale: in eights, as that many are moved at once.
    static int kept(int scale) {
        return Lanes.SQUARE * Math.ceilDiv(Zigzag.last(scale) + 1, Lanes.SQUARE);
    }

    /// Blocks in the row, those that fill it up for the lanes included.
    int stride() {
        return stride;
    }

    short[] coefficients() {
        return coefficients;
    }

    /// Where one block is read to, zero before; behind it is room for what is nowhere. What the
    /// scale does not need may be left from the block before.
    short[] block() {
        return block;
    }

    /// The zigzag position behind which the scale needs nothing.
    int lastNeeded() {
        return lastNeeded;
    }

    /// Takes over what is needed of the block, and leaves zeros there.
    void put(int column) {
        Lanes.move(block, coefficients, column * kept, kept);
    }
}
