package dev.darkroom.media.child.jpeg;

/// The two Huffman codes that blocks of one component are written in.
///
/// @param differences for the brightness of a block, as its difference from the block before: a
///   symbol is the number of bits in which it follows
/// @param coefficients for all others: how many zeros come before one, and its number of bits
record BlockCode(HuffmanCode differences, HuffmanCode coefficients) {

    /// The most bits that a difference of 8-bit pictures has.
    private static final int LARGEST_DIFFERENCE = 11;

    private static final int LARGEST_COEFFICIENT = 10;

    static HuffmanCode requireDifferences(HuffmanCode code) throws UnusualJpeg {
        for (byte size : code.requireValid().symbols()) {
            if (size < 0 || size > LARGEST_DIFFERENCE) {
                throw new UnusualJpeg("differences of " + (size & 0xff) + " bits");
            }
        }
        return code;
    }

    static HuffmanCode requireCoefficients(HuffmanCode code) throws UnusualJpeg {
        for (byte symbol : code.requireValid().symbols()) {
            if ((symbol & 15) > LARGEST_COEFFICIENT) {
                throw new UnusualJpeg("coefficients of " + (symbol & 15) + " bits");
            }
        }
        return code;
    }

    /// Whether a coefficient's symbol says that only zeros follow; 16 zeros have one of their own.
    static boolean isEnd(int symbol) {
        return (symbol & 15) == 0 && (symbol >>> 4 & 15) != 15;
    }

    /// From one coefficient to the next; after the last of sixteen zeros.
    static int step(int symbol) {
        return (symbol >>> 4 & 15) + 1;
    }
}
