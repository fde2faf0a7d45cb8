package dev.darkroom.media.child.jpeg;

/// Looks up how the brightness of a block differs from the one before it: the code gives the number
/// of bits in which the difference follows.
final class DifferenceTable {

    /// Index bits; a code that is longer is searched for.
    private static final int BITS = 9;

    /// The most bits that a difference of 8-bit pictures has.
    private static final int LARGEST = 11;

    private final HuffmanCode code;
    private final int[] entries = new int[1 << BITS];

    DifferenceTable(HuffmanCode code) throws UnusualJpeg {
        this.code = code.requireValid();
        for (byte size : code.symbols()) {
            if (size < 0 || size > LARGEST) {
                throw new UnusualJpeg("differences of " + (size & 0xff) + " bits");
            }
        }
        code.each(
                (bits, length, size) -> {
                    int spare = BITS - length;
                    for (int i = 0; spare >= 0 && i < 1 << spare; i++) {
                        entries[bits << spare | i] = entry(length, size);
                    }
                });
    }

    private static int entry(int length, int size) {
        return (length + size) << 8 | size;
    }

    /// Code and difference together as `length << 8`, and the difference's length alone; 0 when the
    /// bits are no code.
    int find(long bits) {
        int entry = entries[(int) (bits >>> (Long.SIZE - BITS))];
        return entry != 0 ? entry : search(bits);
    }

    private int search(long bits) {
        int found = code.find(bits);
        return found == 0 ? 0 : entry(found >>> 8, found & 0xff);
    }
}
