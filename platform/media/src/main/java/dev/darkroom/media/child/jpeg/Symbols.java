package dev.darkroom.media.child.jpeg;

import java.util.Arrays;

/// What a picture will be written as, before its Huffman codes are known: symbols of four tables
/// with the bits that follow them, and how often each occurs.
final class Symbols {

    static final int TABLES = 4;

    /// The tables for differences of brightness: this for luminance, the next one for colour.
    static final int DIFFERENCES = 0;

    /// The tables for all other coefficients.
    static final int COEFFICIENTS = 2;

    private static final int SIXTEEN_ZEROS = 0xf0;

    /// The bits of a symbol that are its table and its code.
    private static final int MASK = (TABLES << 8) - 1;

    private final int[] frequencies = new int[TABLES << 8];
    private int[] list;
    private int count;

    Symbols(int expected) {
        list = new int[expected];
    }

    int count() {
        return count;
    }

    int[] frequencies(int table) {
        return Arrays.copyOfRange(frequencies, table << 8, (table + 1) << 8);
    }

    static int table(int symbol) {
        return symbol >>> 8 & 3;
    }

    static int code(int symbol) {
        return symbol & 0xff;
    }

    /// The bits that follow the code; their number is in its lower half.
    static int extra(int symbol) {
        return symbol >>> 16;
    }

    int get(int index) {
        return list[index];
    }

    /// Adds one block.
    ///
    /// @param coefficients each one `stride` after the other, in zigzag order
    /// @param present the bits of those that are not zero
    /// @param colour 0 for luminance, 1 for colour
    void add(short[] coefficients, int at, int stride, long present, int before, int colour) {
        if (list.length - count < 2 * Zigzag.LENGTH) {
            list = Arrays.copyOf(list, 2 * list.length + 2 * Zigzag.LENGTH);
        }
        int first = symbol((DIFFERENCES + colour) << 8, coefficients[at] - before);
        frequencies[first & MASK]++;
        int to = count;
        int[] list = this.list;
        list[to++] = first;
        int table = (COEFFICIENTS + colour) << 8;
        int last = 0;
        long left = present & ~1L;
        while (left != 0) {
            int next = Long.numberOfTrailingZeros(left);
            left &= left - 1;
            int zeros = next - last - 1;
            while (zeros > 15) {
                frequencies[table | SIXTEEN_ZEROS]++;
                list[to++] = table | SIXTEEN_ZEROS;
                zeros -= 16;
            }
            int symbol = symbol(table | zeros << 4, coefficients[at + next * stride]);
            frequencies[symbol & MASK]++;
            list[to++] = symbol;
            last = next;
        }
        if (last < Zigzag.LENGTH - 1) {
            frequencies[table]++;
            list[to++] = table;
        }
        count = to;
    }

    private static int symbol(int code, int value) {
        int size = Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(value));
        int extra = (value + (value >> 31)) & ((1 << size) - 1);
        return code | size | extra << 16;
    }
}
