package dev.darkroom.media.child.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OptimalCodeTest {

    @Test
    void givesCommonSymbolsShortCodes() throws Exception {
        int[] frequencies = new int[256];
        frequencies[7] = 1_000;
        frequencies[8] = 10;
        frequencies[9] = 1;

        int[] lengths = lengths(OptimalCode.of(frequencies).requireValid());

        assertThat(lengths[7]).isEqualTo(1);
        assertThat(lengths[8]).isEqualTo(2);
        assertThat(lengths[9]).isEqualTo(3);
    }

    @Test
    void makesNoCodeLongerThanSixteenBits() throws Exception {
        int[] frequencies = new int[256];
        int a = 1;
        int b = 1;
        for (int i = 0; i < 40; i++) {
            frequencies[i] = a; // Fibonacci's numbers make the most lopsided tree
            int next = a + b;
            a = b;
            b = next;
        }

        HuffmanCode code = OptimalCode.of(frequencies).requireValid();

        assertThat(code.symbols()).hasSize(40);
    }

    @Test
    void findsEveryCodeThatItMade() throws Exception {
        Random random = new Random(4);
        int[] frequencies = new int[256];
        for (int i = 0; i < 256; i++) {
            frequencies[i] = random.nextInt(1 << random.nextInt(20));
        }
        HuffmanCode code = OptimalCode.of(frequencies).requireValid();

        code.each(
                (bits, length, symbol) ->
                        assertThat(code.find((long) bits << (64 - length)))
                                .isEqualTo(length << 8 | symbol));
        assertThat(code.find(-1L)).as("a code of ones").isZero();
    }

    private static int[] lengths(HuffmanCode code) {
        int[] lengths = new int[256];
        code.each((_, length, symbol) -> lengths[symbol] = length);
        return lengths;
    }
}
