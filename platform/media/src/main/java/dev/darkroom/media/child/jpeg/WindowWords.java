package dev.darkroom.media.child.jpeg;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The window of [EntropyData] once more, as the 32 bits that begin with each of its bytes: lanes
/// can fetch numbers only.
final class WindowWords {

    /// What the longest unit can take.
    static final int BEYOND = 4096;

    /// What is behind the end is left from another time.
    static final int[] WORDS = new int[EntropyData.SIZE + BEYOND];

    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
    private static final int STEP = BYTES.length() / Integer.BYTES;

    /// Four bytes from each one on, the first one on top.
    private static final VectorShuffle<Byte> FOUR_FROM_EACH =
            VectorShuffle.fromOp(BYTES, i -> i / 4 + 3 - i % 4);

    private WindowWords() {}

    static void load(int from, int to) {
        for (int i = from; i < to; i += STEP) {
            ByteVector.fromArray(BYTES, EntropyData.WINDOW, i)
                    .rearrange(FOUR_FROM_EACH)
                    .reinterpretAsInts()
                    .intoArray(WORDS, i);
        }
    }

    /// The bits from one on, more than 56 of them.
    static long bits(int bit) {
        int at = bit >>> 3;
        return ((long) WORDS[at] << Integer.SIZE | (WORDS[at + 4] & 0xffffffffL)) << (bit & 7);
    }
}
