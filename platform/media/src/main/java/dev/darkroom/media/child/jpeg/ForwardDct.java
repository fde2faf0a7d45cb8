package dev.darkroom.media.child.jpeg;

/// Turns eight rows of a plane into quantised coefficients, all blocks of the row in the same step.
final class ForwardDct {

    private static final int SIZE = 8;

    private final Plane plane;
    private final int blocks;
    private final int stride;
    private final float[] reciprocals = new float[Zigzag.LENGTH];
    private final float[] pixels;
    private final float[] halfWay;
    private final float[] sorted;
    private final float[] frequencies;

    /// @param blocks in a row; more than the plane fills repeat its last pixel
    /// @param steps the quantisation, in zigzag order
    ForwardDct(Plane plane, int blocks, int[] steps) {
        this.plane = plane;
        this.blocks = blocks;
        this.stride = Lanes.padded(blocks);
        for (int i = 0; i < steps.length; i++) {
            reciprocals[Zigzag.natural(i)] = 1f / steps[i];
        }
        int length = SIZE * stride;
        pixels = new float[SIZE * length];
        halfWay = new float[SIZE * length];
        sorted = new float[SIZE * length];
        frequencies = new float[SIZE * length];
    }

    /// Blocks in a row of coefficients, those that fill it up for the lanes included.
    int stride() {
        return stride;
    }

    /// Writes the first coefficients of all blocks, then the second ones, and so on, in zigzag
    /// order.
    ///
    /// @param present gets a bit for each that is not zero, see [Lanes#quantise]
    void transform(int blockRow, short[] to, int[] present) {
        load(blockRow * SIZE);
        int length = SIZE * stride;
        Lanes.cosine(pixels, 0, length, halfWay, 0, length);
        // From pixels side by side to the same pixel of all blocks side by side.
        for (int v = 0; v < SIZE; v++) {
            int row = v * length;
            Lanes.turn(halfWay, row, SIZE, SIZE * SIZE, sorted, row, stride, SIZE, stride / SIZE);
        }
        for (int v = 0; v < SIZE; v++) {
            Lanes.cosine(sorted, v * length, stride, frequencies, v * length, stride);
        }
        Lanes.quantise(frequencies, reciprocals, stride, to, present);
    }

    private void load(int top) {
        int length = SIZE * stride;
        int width = Math.min(plane.stride(), length);
        for (int y = 0; y < SIZE; y++) {
            int row = Math.min(top + y, plane.height() - 1);
            int at = y * length;
            Lanes.widen(plane.samples(), row * plane.stride(), -128, pixels, at, width);
            float last = pixels[at + plane.width() - 1];
            for (int x = plane.width(); x < SIZE * blocks; x++) {
                pixels[at + x] = last;
            }
        }
    }
}
