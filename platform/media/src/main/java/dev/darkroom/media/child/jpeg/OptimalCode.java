package dev.darkroom.media.child.jpeg;

import java.util.Arrays;

/// Finds the Huffman code that makes these symbols shortest, as the JPEG standard describes it in
/// annex K.2: at most 16 bits long, and no code of ones alone.
final class OptimalCode {

    private static final int SYMBOLS = 256;
    private static final int LONGEST_BEFORE_LIMIT = 64;

    private OptimalCode() {}

    /// @param frequencies how often each symbol occurs
    static HuffmanCode of(int[] frequencies) {
        int[] lengths = lengths(frequencies);
        int[] counts = new int[LONGEST_BEFORE_LIMIT + 1];
        for (int length : lengths) {
            counts[length]++;
        }
        counts[0] = 0;
        limit(counts);
        // The reserved symbol has one of the longest codes.
        int longest = HuffmanCode.LONGEST;
        while (longest > 0 && counts[longest] == 0) {
            longest--;
        }
        counts[longest]--;
        byte[] symbols = new byte[SYMBOLS];
        int at = 0;
        for (int length = 1; length <= LONGEST_BEFORE_LIMIT; length++) {
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (lengths[symbol] == length) {
                    symbols[at++] = (byte) symbol;
                }
            }
        }
        return new HuffmanCode(
                Arrays.copyOfRange(counts, 1, HuffmanCode.LONGEST + 1), Arrays.copyOf(symbols, at));
    }

    /// Joins the two rarest again and again; one symbol more takes the code of ones.
    private static int[] lengths(int[] frequencies) {
        long[] weights = new long[SYMBOLS + 1];
        for (int i = 0; i < SYMBOLS; i++) {
            weights[i] = frequencies[i];
        }
        weights[SYMBOLS] = 1;
        int[] lengths = new int[SYMBOLS + 1];
        int[] others = new int[SYMBOLS + 1];
        Arrays.fill(others, -1);
        while (true) {
            int rarest = rarest(weights, -1);
            int second = rarest(weights, rarest);
            if (second < 0) {
                return lengths;
            }
            weights[rarest] += weights[second];
            weights[second] = 0;
            int last = deepen(lengths, others, rarest);
            others[last] = second;
            deepen(lengths, others, second);
        }
    }

    /// Every symbol of the chain gets one bit more.
    ///
    /// @return the last one
    private static int deepen(int[] lengths, int[] others, int first) {
        int at = first;
        lengths[at]++;
        while (others[at] >= 0) {
            at = others[at];
            lengths[at]++;
        }
        return at;
    }

    private static int rarest(long[] weights, int except) {
        int best = -1;
        for (int i = 0; i < weights.length; i++) {
            if (i != except && weights[i] > 0 && (best < 0 || weights[i] <= weights[best])) {
                best = i;
            }
        }
        return best;
    }

    private static void limit(int[] counts) {
        for (int length = LONGEST_BEFORE_LIMIT; length > HuffmanCode.LONGEST; length--) {
            while (counts[length] > 0) {
                int shorter = length - 2;
                while (counts[shorter] == 0) {
                    shorter--;
                }
                counts[length] -= 2;
                counts[length - 1]++;
                counts[shorter + 1] += 2;
                counts[shorter]--;
            }
        }
    }
}
