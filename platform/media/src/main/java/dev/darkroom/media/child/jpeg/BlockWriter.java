package dev.darkroom.media.child.jpeg;

/// Brings one plane to symbols: one unit of its blocks after the other.
final class BlockWriter {

    private final ForwardDct transform;
    private final short[][] coefficients;
    private final long[][] present;
    private final int size;
    private final int colour;
    private int before;

    /// @param blocks in a row
    /// @param size blocks of a unit, across and down
    /// @param colour 0 for luminance, 1 for colour
    BlockWriter(Plane plane, int blocks, int[] steps, int size, int colour) {
        this.transform = new ForwardDct(plane, blocks, steps);
        this.size = size;
        this.colour = colour;
        this.coefficients = new short[size][Zigzag.LENGTH * transform.stride()];
        this.present = new long[size][transform.stride()];
    }

    /// Transforms a row of units.
    void load(int row) {
        int stride = transform.stride();
        for (int i = 0; i < size; i++) {
            transform.transform(row * size + i, coefficients[i]);
            long[] present = this.present[i];
            java.util.Arrays.fill(present, 0);
            for (int k = 0; k < Zigzag.LENGTH; k++) {
                for (int block = 0; block < stride; block++) {
                    long one = coefficients[i][k * stride + block] == 0 ? 0 : 1;
                    present[block] |= one << k;
                }
            }
        }
    }

    void write(Symbols symbols, int unit) {
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int block = unit * size + x;
                symbols.add(
                        coefficients[y],
                        block,
                        transform.stride(),
                        present[y][block],
                        before,
                        colour);
                before = coefficients[y][block];
            }
        }
    }
}
