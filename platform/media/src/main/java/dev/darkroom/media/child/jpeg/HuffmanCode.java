package dev.darkroom.media.child.jpeg;

/// A Huffman code as a JPEG spells it out: how many codes of each length there are, and what they
/// stand for, from the shortest to the longest.
///
/// @param counts codes of 1 to 16 bits, at index 0 to 15
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record HuffmanCode(int[] counts, byte[] symbols) {

    static final int LONGEST = 16;

    /// Checks that the code is one: the lengths fit, and each code has a symbol.
    ///
    /// @throws UnusualJpeg when they do not
    HuffmanCode requireValid() throws UnusualJpeg {
        int total = 0;
        int next = 0;
        for (int length = 1; length <= LONGEST; length++) {
            total += counts[length - 1];
            next = next * 2 + counts[length - 1];
            if (next > 1 << length) {
                throw new UnusualJpeg("a Huffman table has too many codes");
            }
        }
        if (total != symbols.length) {
            throw new UnusualJpeg("a Huffman table lacks symbols");
        }
        return this;
    }

    /// Hears of every code.
    interface Visitor {
        void code(int bits, int length, int symbol);
    }

    void each(Visitor visitor) {
        int code = 0;
        int at = 0;
        for (int length = 1; length <= LONGEST; length++) {
            for (int i = 0; i < counts[length - 1]; i++) {
                visitor.code(code++, length, symbols[at++] & 0xff);
            }
            code <<= 1;
        }
    }

    /// What each index of so many bits begins with: length and symbol of a code, as `length << 8 |
    /// symbol`; 0 where the code is longer or there is none.
    int[] inIndexOf(int size) {
        int[] found = new int[1 << size];
        each(
                (bits, length, symbol) -> {
                    int spare = size - length;
                    for (int i = 0; spare >= 0 && i < 1 << spare; i++) {
                        found[bits << spare | i] = length << 8 | symbol;
                    }
                });
        return found;
    }

    /// Finds the code that the top bits begin with, however long it is: the slow way, for the rare
    /// ones.
    ///
    /// @return length and symbol, as `length << 8 | symbol`; 0 when no code begins like that
    int find(long bits) {
        int first = 0;
        int at = 0;
        for (int length = 1; length <= LONGEST; length++) {
            int code = (int) (bits >>> (Long.SIZE - length));
            int count = counts[length - 1];
            if (code - first < count) {
                return length << 8 | (symbols[at + code - first] & 0xff);
            }
            at += count;
            first = (first + count) << 1;
        }
        return 0;
    }
}
