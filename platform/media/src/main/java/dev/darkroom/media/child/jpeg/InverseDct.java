package dev.darkroom.media.child.jpeg;

/// Turns a row of blocks back into pixels, at a scale of 1/8 to 8/8.
///
/// The inverse cosine transform of a block's lowest `scale x scale` frequencies is that block made
/// smaller, sharp and free of aliases, for a fraction of the work.
final class InverseDct {

    private final int scale;
    private final float[] basis;
    private final float[] factors;
    private final float[] frequencies;
    private final float[] halfWay;

    /// @param steps the quantisation, in zigzag order
    InverseDct(int scale, int[] steps, int stride) {
        this.scale = scale;
        this.basis = basis(scale);
        this.factors = new float[scale * scale];
        for (int i = 0; i < steps.length; i++) {
            int x = Zigzag.natural(i) & 7;
            int y = Zigzag.natural(i) >>> 3;
            if (x < scale && y < scale) {
                factors[y * scale + x] = steps[i] * scale / 8f;
            }
        }
        this.frequencies = new float[scale * scale * stride];
        this.halfWay = new float[scale * scale * stride];
    }

    /// What each frequency (column) adds to each pixel (row); the transform is orthonormal.
    static float[] basis(int size) {
        float[] basis = new float[size * size];
        for (int x = 0; x < size; x++) {
            for (int u = 0; u < size; u++) {
                double norm = Math.sqrt((u == 0 ? 1.0 : 2.0) / size);
                basis[x * size + u] =
                        (float) (norm * Math.cos((2 * x + 1) * u * Math.PI / (2 * size)));
            }
        }
        return basis;
    }

    /// Writes `scale` rows of pixels. In each of them the first pixels of all blocks come first,
    /// then the second ones, and so on.
    ///
    /// @param rowLength from one row to the next
    void transform(BlockRow blocks, float[] to, int at, int rowLength) {
        int stride = blocks.stride();
        int s = scale;
        for (int i = 0; i < s * s; i++) {
            float middle = i == 0 ? 128f * s : 0; // what lies between 0 and 255 is stored around 0
            Lanes.scale(
                    blocks.coefficients(),
                    i * stride,
                    factors[i],
                    middle,
                    frequencies,
                    i * stride,
                    stride);
        }
        for (int v = 0; v < s; v++) {
            for (int x = 0; x < s; x++) {
                Lanes.sum(
                        frequencies,
                        v * s * stride,
                        stride,
                        basis,
                        x * s,
                        s,
                        halfWay,
                        (v * s + x) * stride,
                        stride);
            }
        }
        for (int y = 0; y < s; y++) {
            int row = at + y * rowLength;
            for (int x = 0; x < s; x++) {
                Lanes.sum(
                        halfWay,
                        x * stride,
                        s * stride,
                        basis,
                        y * s,
                        s,
                        to,
                        row + x * stride,
                        stride);
            }
            Lanes.clamp(to, row, s * stride);
        }
    }
}
