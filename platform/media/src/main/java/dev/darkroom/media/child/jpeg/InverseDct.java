package dev.darkroom.media.child.jpeg;

/// Turns a row of blocks back into pixels, at a scale of 1/8 to 8/8.
///
/// The inverse cosine transform of a block's lowest `scale x scale` frequencies is that block made
/// smaller, sharp and free of aliases, for a fraction of the work.
final class InverseDct {

    private final int scale;
    private final int needed;
    private final int kept;
    private final float[] basis;
    private final float[] factors;
    private final int stride;
    private final float[] frequencies;
    private final float[] halfWay;

    /// Where the frequencies of each row of a block begin.
    private final int[] places;

    /// @param steps the quantisation, in zigzag order
    /// @param stride blocks in a row
    InverseDct(int scale, int[] steps, int stride) {
        this.scale = scale;
        this.stride = stride;
        this.needed = Zigzag.last(scale) + 1;
        this.kept = Lanes.padded(needed);
        this.basis = basis(scale);
        this.factors = new float[kept];
        this.places = new int[scale * scale];
        for (int i = 0; i < needed; i++) {
            int x = Zigzag.natural(i) & 7;
            int y = Zigzag.natural(i) >>> 3;
            factors[i] = steps[i] * scale / 8f;
            if (x < scale && y < scale) {
                places[y * scale + x] = i * stride;
            }
        }
        this.frequencies = new float[kept * stride];
        this.halfWay = new float[scale * scale * stride];
    }

    /// The numbers of one block.
    int kept() {
        return kept;
    }

    /// The numbers of a row of blocks.
    int length() {
        return kept * stride;
    }

    /// Takes over what the scale needs of some blocks, all but their first coefficients.
    ///
    /// @param sources which blocks; the first begins at `start`, the next one `stride` behind it
    /// @param targets where they belong, counted from `at`
    void load(
            short[] blocks,
            int start,
            int stride,
            int[] sources,
            int count,
            float[] to,
            int at,
            int[] targets) {
        Lanes.dequantise(blocks, start, stride, sources, count, factors, to, at, targets);
    }

    /// What a block's first coefficient stands for: what lies from 0 to 255 is stored around 0.
    float brightness(int coefficient) {
        return coefficient * factors[0] + 128f * scale;
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
    /// @param blocks the row of blocks that has been loaded, at `from`
    /// @param rowLength from one row to the next
    void transform(float[] blocks, int from, float[] to, int at, int rowLength) {
        // From block by block to all first coefficients side by side, then all second ones ...
        for (int k = 0; k < needed; k += Lanes.SQUARE) {
            Lanes.turn(
                    blocks,
                    from + k,
                    kept,
                    Lanes.SQUARE * kept,
                    frequencies,
                    k * stride,
                    stride,
                    Lanes.SQUARE,
                    stride / Lanes.SQUARE);
        }
        int s = scale;
        for (int v = 0; v < s; v++) {
            for (int x = 0; x < s; x++) {
                int target = (v * s + x) * stride;
                Lanes.sumAt(frequencies, places, v * s, basis, x * s, s, halfWay, target, stride);
            }
        }
        for (int y = 0; y < s; y++) {
            int line = at + y * rowLength;
            for (int x = 0; x < s; x++) {
                Lanes.sum(
                        halfWay,
                        x * stride,
                        s * stride,
                        basis,
                        y * s,
                        s,
                        to,
                        line + x * stride,
                        stride);
            }
            Lanes.clamp(to, line, s * stride);
        }
    }
}
