package dev.darkroom.media.child.jpeg;

import java.util.Arrays;

/// What bits mean, for [LaneReader]: as in [EntryTables] up to two coefficients, or one and the end
/// of its block, but as one number, since lanes fetch numbers.
///
/// From its lowest bit on it holds: how many bits the entry takes (5 bits), the size of the last
/// value (4), that of the first one (4), the bits before the first value less one (4), how far the
/// first coefficient is from the position (7), how far the position moves (7), and whether the
/// block is at its end. What is not there lies further away than a block is long.
final class LaneTables {

    /// Index bits; with more of them two tables leave no room in a processor's first cache.
    static final int BITS = 11;

    /// From the entries for coefficients to those for differences.
    static final int ROW = 1 << BITS;

    static final int TABLE = 2 * ROW;

    /// The number of the table for lanes that have nothing to read: it takes no bits.
    static final int IDLE = 3;

    static final int[] ENTRIES = new int[(IDLE + 1) * TABLE];

    static final int SIZE_OF_LAST = 5;
    static final int SIZE_OF_FIRST = 9;
    static final int BEFORE_FIRST = 13;
    static final int FIRST = 17;
    static final int STEP = 24;

    /// The largest number of the fields of 4, 5 and 7 bits.
    static final int MOST_OF_4 = 15;

    static final int MOST_OF_5 = 31;
    static final int MOST_OF_7 = 127;

    private static final int END = 1 << 31;

    /// Where no first coefficient is.
    private static final int NOWHERE = 127;

    /// Too far for any block.
    private static final int NONE = (Zigzag.LENGTH + 1) << STEP | NOWHERE << FIRST;

    /// Bits that a lane sees at once.
    private static final int SEEN = 25;

    /// Long codes begin with ones; these are the numbers of 16 bits that have a place of their own.
    static final int LONG = 2047;

    /// From the long codes of a row to those of the next.
    static final int LONG_ROW = 2 * ROW;

    /// One coefficient for the codes that are longer than an index; the first one of each row is
    /// for what is no such code.
    static final int[] LONG_ENTRIES = new int[2 * (IDLE + 1) * LONG_ROW];

    static {
        Arrays.fill(ENTRIES, IDLE * TABLE, (IDLE + 1) * TABLE, END | NOWHERE << FIRST);
    }

    private LaneTables() {}

    static void fill(int table, BlockCode code) {
        int at = table * TABLE;
        int[] coefficients = code.coefficients().inIndexOf(BITS);
        int[] differences = code.differences().inIndexOf(BITS);
        for (int i = 0; i < ROW; i++) {
            boolean end = BlockCode.isEnd(coefficients[i]);
            int step = BlockCode.step(coefficients[i]);
            ENTRIES[at + i] = entry(i, coefficients[i], step, end, coefficients);
            ENTRIES[at + ROW + i] = entry(i, differences[i], 1, false, coefficients);
        }
        longOnes(2 * table, code.coefficients(), false);
        longOnes(2 * table + 1, code.differences(), true);
    }

    private static void longOnes(int row, HuffmanCode code, boolean differences) {
        int from = row * LONG_ROW;
        Arrays.fill(LONG_ENTRIES, from, from + LONG + 1, NONE);
        code.each(
                (bits, length, symbol) -> {
                    int spare = HuffmanCode.LONGEST - length;
                    int at = (bits << spare) - (1 << HuffmanCode.LONGEST) + LONG + 1;
                    boolean end = !differences && BlockCode.isEnd(symbol);
                    if (length > BITS && at > 0 && !end) {
                        int step = differences ? 1 : BlockCode.step(symbol);
                        int entry = alone(length, symbol & 15, step);
                        Arrays.fill(LONG_ENTRIES, from + at, from + at + (1 << spare), entry);
                    }
                });
    }

    private static int entry(int index, int first, int step, boolean end, int[] coefficients) {
        int length = first >>> 8;
        int size = first & 15;
        int used = length + size;
        if (first == 0) {
            return NONE;
        }
        if (end) {
            return entry(length, 0, 0, length, NOWHERE, 1) | END;
        }
        int last = used >= BITS ? 0 : coefficients[(index << used) & (ROW - 1)];
        int before = used + (last >>> 8);
        int lastSize = last & 15;
        if (last == 0 || before > BITS || before + lastSize > SEEN) {
            return alone(length, size, step);
        }
        if (BlockCode.isEnd(last)) {
            return entry(before, 0, size, length, step - 1, step + 1) | END;
        }
        int both = step + BlockCode.step(last);
        return entry(before + lastSize, lastSize, size, length, step - 1, both);
    }

    /// An entry for the last coefficient alone.
    private static int alone(int length, int size, int step) {
        return length + size > SEEN ? NONE : entry(length + size, size, 0, 1, NOWHERE, step);
    }

    private static int entry(
            int taken, int lastSize, int firstSize, int before, int first, int step) {
        return taken
                | lastSize << SIZE_OF_LAST
                | firstSize << SIZE_OF_FIRST
                | (before - 1) << BEFORE_FIRST
                | first << FIRST
                | step << STEP;
    }
}
