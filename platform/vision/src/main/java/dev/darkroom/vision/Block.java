package dev.darkroom.vision;

/// A part of a descriptor: some numbers in a row, brought to a length of their own, so that each
/// part counts as much as it should and no more.
record Block(int from, int size) {
    /// Scales the part to this length. One without any content stays zero.
    void scale(float[] vector, double length) {
        double sum = 0;
        for (int i = from; i < from + size; i++) {
            sum += (double) vector[i] * vector[i];
        }
        if (sum < 1e-24) {
            return;
        }
        float factor = (float) (length / Math.sqrt(sum));
        for (int i = from; i < from + size; i++) {
            vector[i] *= factor;
        }
    }

    /// A part of this part.
    Block part(int offset, int length) {
        return new Block(from + offset, length);
    }
}
