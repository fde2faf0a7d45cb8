package dev.darkroom.media.child.jpeg;

/// Brings one plane to symbols: one unit of its blocks after the other.
final class BlockWriter {

    private final ForwardDct transform;
    private final short[][] coefficients;
    private final int[][] present;
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
        this.present = new int[size][2 * transform.stride()];
    }

    /// Transforms a row of units.
    void load(int row) {
        for (int i = 0; i < size; i++) {
            transform.transform(row * size + i, coefficients[i], present[i]);
        }
    }

    void write(Symbols symbols, int unit) {
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int block = unit * size + x;
                long there =
                        (present[y][block] & 0xffffffffL)
                                | (long) present[y][transform.stride() + block] << Integer.SIZE;
                symbols.add(coefficients[y], block, transform.stride(), there, before, colour);
                before = coefficients[y][block];
            }
        }
    }
}
