package dev.darkroom.media.child.jpeg;

/// A coefficient as it stands in the file: its bits, with a one before them that marks where they
/// begin. Nothing has to be known about them to read them; 0 and 1 both mean zero.
final class Marked {

    private Marked() {}

    /// Bits that begin with 0 are those of a negative number, less one.
    static int value(int marked) {
        int one = Integer.highestOneBit(marked);
        int bits = marked - one;
        // No branch, since there is no telling which way it would go.
        int negative = (2 * bits - one) >> 31;
        return bits + (negative & (1 - one));
    }
}
