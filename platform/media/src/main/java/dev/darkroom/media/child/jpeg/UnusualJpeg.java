package dev.darkroom.media.child.jpeg;

/// A JPEG that this decoder leaves to others: of a kind that cameras do not write, or damaged.
///
/// Says nothing about whether another decoder can read it.
public sealed class UnusualJpeg extends Exception {
    private static final long serialVersionUID = 1;

    UnusualJpeg(String reason) {
        super(reason);
    }

    /// Samples of more than 8 bits, which no decoder here reads.
    public static final class TooDeep extends UnusualJpeg {
        private static final long serialVersionUID = 1;

        TooDeep(int bits) {
            super(bits + " bits per sample");
        }
    }
}
