package dev.darkroom.media.child.jpeg;

/// Looks up the coefficients of a block, two at a time where their codes are short.
///
/// A code says how many zeros come before the next coefficient and how many bits that one has. An
/// entry stands for a first coefficient whose value lies in the index already, and for a last one
/// whose value may reach beyond the index, or for the block's end instead of it. Where there is one
/// only, the first is written where the last will be.
///
/// Where the coefficients are not needed, other entries skip as many of them as an index holds.
///
/// The fields of an entry lie so that the decoder gets at each of them in one step: from bit 0 all
/// bits that it takes, from 8 those before the last value, from 16 how far that value must be
/// shifted, from 24 how far from the position the first coefficient is; from 32 how far the
/// position moves, from 40 how far from it the last coefficient is, from 48 the first value.
/// Processors look at the lowest six bits of a shift only, so nothing has to be cut out of the
/// first three.
final class CoefficientTable {

    /// Index bits: two tables of 8 kB leave room in the first cache of a processor.
    private static final int BITS = 10;

    private static final int SKIP_BITS = 12;

    /// Where a skip says how far the position moves; below it are the bits that it takes.
    static final int ADVANCE = 6;

    /// The most bits that a coefficient of 8-bit pictures has.
    private static final int LARGEST = 10;

    /// Added to the position by the code that ends a block.
    static final int END = 128;

    /// A position where nothing is kept.
    static final int NOWHERE = 64;

    /// What stands for bits that are no code: leads to a place that no block has.
    private static final long DAMAGED =
            1 | (long) NOWHERE << 24 | (long) NOWHERE << 32 | (long) NOWHERE << 40;

    private final HuffmanCode code;
    private final long[] entries = new long[1 << BITS];

    /// The same entries as skips: what the next look-up waits for, without what must be stored.
    private final char[] moves = new char[1 << BITS];

    private final char[] skips = new char[1 << SKIP_BITS];

    CoefficientTable(HuffmanCode code) throws UnusualJpeg {
        this.code = code.requireValid();
        for (byte symbol : code.symbols()) {
            if ((symbol & 15) > LARGEST) {
                throw new UnusualJpeg("coefficients of " + (symbol & 15) + " bits");
            }
        }
        int[] single = singles(BITS);
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(i, single);
            moves[i] = (char) asSkip(entries[i]);
        }
        single = singles(SKIP_BITS);
        for (int i = 0; i < skips.length; i++) {
            skips[i] = (char) skip(i, single);
        }
    }

    /// Length and symbol of the code that an index begins with; 0 where it is longer.
    private int[] singles(int indexBits) {
        int[] single = new int[1 << indexBits];
        code.each(
                (bits, length, symbol) -> {
                    int spare = indexBits - length;
                    for (int i = 0; spare >= 0 && i < 1 << spare; i++) {
                        single[bits << spare | i] = length << 8 | symbol;
                    }
                });
        return single;
    }

    /// The place of the entry for the top bits.
    static int index(long bits) {
        return (int) (bits >>> (Long.SIZE - BITS));
    }

    /// The entry's skip, see [#findSkip]; 0 when the code is longer than an index.
    int move(int index) {
        return moves[index];
    }

    long entry(int index) {
        return entries[index];
    }

    /// Finds an entry the slow way.
    long search(long bits) {
        int found = code.find(bits);
        return found == 0 ? DAMAGED : alone(found);
    }

    /// How to skip what the top bits begin with: from bit 0 the bits that it takes, from [#ADVANCE]
    /// how far the position moves.
    int findSkip(long bits) {
        int skip = skips[(int) (bits >>> (Long.SIZE - SKIP_BITS))];
        return skip != 0 ? skip : searchSkip(bits);
    }

    private int searchSkip(long bits) {
        return asSkip(search(bits));
    }

    static int asSkip(long entry) {
        return ((int) entry & 63) | ((int) (entry >>> 32) & 0xff) << ADVANCE;
    }

    /// Length and symbol of the code that the bits begin with; 0 when they are no code.
    int findSingle(long bits) {
        return code.find(bits);
    }

    /// Writes both coefficients.
    ///
    /// @param bits that the entry was found with
    /// @param at the position in the block
    static void store(long entry, long bits, short[] block, int at) {
        int upper = (int) (entry >>> 32);
        block[at + ((int) entry >> 24)] = (short) (upper >> 16);
        long top = bits << (int) (entry >>> 8);
        block[at + (upper >>> 8 & 0x7f)] = (short) signed(top, (int) (entry >>> 16));
    }

    /// The number that the top bits stand for: those that begin with 0 are the complement of a
    /// negative one.
    ///
    /// @param shift 63 less their number
    static int signed(long top, int shift) {
        long sign = ~top >> 63;
        return (int) ((top ^ sign) >>> 1 >>> shift ^ sign) - (int) sign;
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
        long top = (long) index << (Long.SIZE - BITS + used - size);
        return pack(used, step(first), signed(top, 63 - size), last);
    }

    private static long alone(int symbol) {
        int step = step(symbol);
        return pack(0, 0, 0, symbol) | (long) step << 24;
    }

    private static long pack(int usedByFirst, int firstStep, int firstValue, int last) {
        int step = step(last);
        boolean end = step == NOWHERE;
        int size = last & 15;
        int before = usedByFirst + (last >>> 8);
        return (long) before + size
                | (long) before << 8
                | (long) (63 - size) << 16
                | (long) firstStep << 24
                | (long) (firstStep + (end ? END : step)) << 32
                | (long) (end ? NOWHERE : firstStep + step) << 40
                | (long) firstValue << 48;
    }

    /// As many symbols as the index holds; the value of the last may reach beyond it.
    private static int skip(int index, int[] single) {
        int used = 0;
        int advance = 0;
        while (used < SKIP_BITS && advance < NOWHERE) {
            int symbol = single[index << used & ((1 << SKIP_BITS) - 1)];
            if (symbol == 0 || used + (symbol >>> 8) > SKIP_BITS) {
                break;
            }
            used += (symbol >>> 8) + (symbol & 15);
            int step = step(symbol);
            advance += step == NOWHERE ? END : step;
        }
        return used | advance << ADVANCE;
    }

    /// From one coefficient to the next; a size of 0 stands for sixteen zeros, or for the end.
    static int step(int symbol) {
        int zeros = symbol >>> 4 & 15;
        boolean end = (symbol & 15) == 0 && zeros != 15;
        return end ? NOWHERE : zeros + 1;
    }
}
