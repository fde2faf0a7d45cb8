package dev.darkroom.media.child.jpeg;

/// Turns eight rows of a plane into quantised coefficients, all blocks of the row in the same step.
final class ForwardDct {

    private static final int SIZE = 8;

    private final Plane plane;
    private final int blocks;
    private final int stride;
    private final float[] basis;
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
        this.basis = transposed(InverseDct.basis(SIZE));
        for (int i = 0; i < steps.length; i++) {
            reciprocals[Zigzag.natural(i)] = 1f / steps[i];
        }
        int length = SIZE * stride;
        pixels = new float[SIZE * length];
        halfWay = new float[SIZE * length];
        sorted = new float[SIZE * length];
        frequencies = new float[stride];
    }

    /// Each row is a frequency, each column a pixel.
    private static float[] transposed(float[] basis) {
        float[] turned = new float[basis.length];
        for (int i = 0; i < basis.length; i++) {
            turned[i % SIZE * SIZE + i / SIZE] = basis[i];
        }
        return turned;
    }

    /// Blocks in a row of coefficients, those that fill it up for the lanes included.
    int stride() {
        return stride;
    }

    /// Writes the first coefficients of all blocks, then the second ones, and so on, in zigzag
    /// order.
    void transform(int blockRow, short[] to) {
        load(blockRow * SIZE);
        int length = SIZE * stride;
        for (int v = 0; v < SIZE; v++) {
            Lanes.sum(pixels, 0, length, basis, v * SIZE, SIZE, halfWay, v * length, length);
        }
        // From pixels side by side to the same pixel of all blocks side by side.
        for (int v = 0; v < SIZE; v++) {
            for (int x = 0; x < SIZE; x++) {
                int at = v * length + x;
                int sideways = v * length + x * stride;
                for (int block = 0; block < stride; block++) {
                    sorted[sideways + block] = halfWay[at + block * SIZE];
                }
            }
        }
        for (int i = 0; i < Zigzag.LENGTH; i++) {
            int natural = Zigzag.natural(i);
            int row = (natural >>> 3) * length;
            Lanes.sum(
                    sorted, row, stride, basis, (natural & 7) * SIZE, SIZE, frequencies, 0, stride);
            Lanes.quantise(frequencies, 0, reciprocals[natural], to, i * stride, stride);
        }
    }

    private void load(int top) {
        int length = SIZE * stride;
        int width = Math.min(plane.stride(), length);
        for (int y = 0; y < SIZE; y++) {
            int row = Math.min(top + y, plane.height() - 1);
            int at = y * length;
            Lanes.widen(plane.samples(), row * plane.stride(), pixels, at, width);
            for (int x = 0; x < plane.width(); x++) {
                pixels[at + x] -= 128;
            }
            float last = pixels[at + plane.width() - 1];
            for (int x = plane.width(); x < SIZE * blocks; x++) {
                pixels[at + x] = last;
            }
        }
    }
}
