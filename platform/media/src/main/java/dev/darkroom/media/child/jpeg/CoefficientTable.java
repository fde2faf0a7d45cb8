package dev.darkroom.media.child.jpeg;

/// Looks up the coefficients of a block, two at a time where their codes are short.
///
/// A code says how many zeros come before the next coefficient and how many bits that one has. An
/// entry stands for a first coefficient whose value lies in the index already, and for a last one
/// whose value may reach beyond the index, or for the block's end instead of it. Where there is one
/// only, the first is written where the last will be.
final class CoefficientTable {

    /// Index bits: two tables of 16 kB fit into the first cache of a processor.
    private static final int BITS = 11;

    /// Added to the position by the code that ends a block.
    static final int END = 128;

    /// A position where nothing is kept.
    static final int NOWHERE = 64;

    private static final int ZEROS = 16;

    private final HuffmanCode code;
    private final long[] entries = new long[1 << BITS];

    CoefficientTable(HuffmanCode code) throws UnusualJpeg {
        this.code = code.requireValid();
        int[] single = new int[1 << BITS];
        code.each(
                (bits, length, symbol) -> {
                    int spare = BITS - length;
                    for (int i = 0; spare >= 0 && i < 1 << spare; i++) {
                        single[bits << spare | i] = length << 8 | symbol;
                    }
                });
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(i, single);
        }
    }

    /// What the bits stand for, see the accessors; 0 when they are no code.
    long find(long bits) {
        long entry = entries[(int) (bits >>> (Long.SIZE - BITS))];
        return entry != 0 ? entry : search(bits);
    }

    private long search(long bits) {
        int found = code.find(bits);
        return found == 0 ? 0 : alone(found);
    }

    /// All bits that the entry takes.
    static int used(long entry) {
        return (int) entry & 63;
    }

    /// The bits of the first coefficient alone.
    static int usedByFirst(long entry) {
        return (int) (entry >>> 6) & 63;
    }

    /// In how many bits the last coefficient's value is written, at the end of what is used.
    static int lastSize(long entry) {
        return (int) (entry >>> 12) & 15;
    }

    /// How far the position moves; at least [#END] when the block ends here.
    static int advance(long entry) {
        return (int) (entry >>> 16) & 255;
    }

    /// How far from the position the first coefficient is.
    static int firstStep(long entry) {
        return (int) (entry >>> 24) & 127;
    }

    static int lastStep(long entry) {
        return (int) (entry >>> 32) & 127;
    }

    static int firstValue(long entry) {
        return (int) (entry >> 48);
    }

    private static long entry(int index, int[] single) {
        int first = single[index];
        if (first == 0) {
            return 0;
        }
        int size = first & 15;
        int used = (first >>> 8) + size;
        if (size == 0 || used >= BITS) {
            return alone(first);
        }
        int last = single[index << used & ((1 << BITS) - 1)];
        if (last == 0 || used + (last >>> 8) > BITS) {
            return alone(first);
        }
        int value = BlockReader.signed((long) index << (Long.SIZE - BITS + used - size), size);
        return pack(used, step(first), value, last);
    }

    private static long alone(int symbol) {
        long entry = pack(0, 0, 0, symbol);
        long used = (entry & 63) << 6;
        return entry | used | (long) lastStep(entry) << 24;
    }

    private static long pack(int usedByFirst, int firstStep, int firstValue, int last) {
        int step = step(last);
        int advance = step == NOWHERE ? END : step;
        int size = last & 15;
        return (long) usedByFirst + (last >>> 8) + size
                | (long) usedByFirst << 6
                | (long) size << 12
                | (long) (firstStep + advance) << 16
                | (long) firstStep << 24
                | (long) (step == NOWHERE ? NOWHERE : firstStep + step) << 32
                | (long) firstValue << 48;
    }

    /// From one coefficient to the next; a size of 0 stands for sixteen zeros, or for the end.
    private static int step(int symbol) {
        int zeros = symbol >>> 4 & 15;
        boolean end = (symbol & 15) == 0 && zeros != ZEROS - 1;
        return end ? NOWHERE : zeros + 1;
    }
}
