package dev.darkroom.media.child.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The processor's vectors and plain Java must come to the same results.
class LanesTest {

    private static final int LENGTH = 5 * Lanes.WIDTH;

    private final Random random = new Random(1);

    @BeforeAll
    static void needsVectors() {
        assumeTrue(VectorLanes.fast(), "this processor's vectors are too short");
    }

    private float[] floats(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat(-300, 600);
        }
        return values;
    }

    @Test
    void addsUpRows() {
        float[] rows = floats(9 * LENGTH + 7);
        float[] weights = floats(12);
        for (int count = 1; count < 9; count++) {
            float[] plain = new float[LENGTH + 3];
            float[] vectors = new float[LENGTH + 3];

            PlainLanes.sum(rows, 7, LENGTH, weights, 2, count, plain, 3, LENGTH);
            VectorLanes.sum(rows, 7, LENGTH, weights, 2, count, vectors, 3, LENGTH);

            assertThat(vectors).containsExactly(plain, within(1f));
        }
    }

    @Test
    void findsTheValuesOfMarkedNumbers() {
        short[] from = new short[4_096];
        for (int i = 0; i < from.length; i++) {
            from[i] = (short) i;
        }
        for (int length = Lanes.WIDTH; length <= 64; length += Lanes.WIDTH) {
            float[] factors = floats(length);
            int blocks = from.length / length - 1;
            int[] sources = new int[blocks];
            int[] targets = new int[blocks];
            for (int i = 0; i < blocks; i++) {
                sources[i] = blocks - 1 - i;
                targets[i] = i * (length + 2);
            }
            float[] plain = new float[blocks * (length + 2) + 3];
            float[] vectors = plain.clone();

            PlainLanes.dequantise(from, 5, length, sources, blocks, factors, plain, 3, targets);
            VectorLanes.dequantise(from, 5, length, sources, blocks, factors, vectors, 3, targets);

            assertThat(vectors).isEqualTo(plain);
            assertThat(plain[3 + 1]).isEqualTo(Marked.value(sources[0] * length + 6) * factors[1]);
        }
    }

    @Test
    void filters() {
        float[] rows = floats(30 * Lanes.WIDTH);
        int[] first = {0, 3, 3, 7, 9, 11, 20};
        for (int count = 1; count < 9; count++) {
            float[] weights = floats(first.length * count);
            float[] plain = new float[(first.length + 1) * Lanes.WIDTH];
            float[] vectors = plain.clone();

            PlainLanes.filter(rows, first, weights, count, plain, first.length);
            VectorLanes.filter(rows, first, weights, count, vectors, first.length);

            assertThat(vectors).containsExactly(plain, within(1f));
            float sum = 0;
            for (int k = 0; k < count; k++) {
                sum += weights[3 * count + k] * rows[(7 + k) * Lanes.WIDTH + 2];
            }
            assertThat(plain[3 * Lanes.WIDTH + 2]).isCloseTo(sum, within(1f));
        }
    }

    @Test
    void addsUpRowsThatLieAnywhere() {
        float[] rows = floats(9 * LENGTH);
        float[] weights = floats(4);
        int[] places = {7, 3 * LENGTH, 5, 7 * LENGTH};
        float[] plain = new float[LENGTH + 3];
        float[] vectors = new float[LENGTH + 3];

        PlainLanes.sumAt(rows, places, 1, weights, 1, 3, plain, 3, LENGTH);
        VectorLanes.sumAt(rows, places, 1, weights, 1, 3, vectors, 3, LENGTH);

        assertThat(vectors).containsExactly(plain, within(1f));
    }

    @Test
    void clamps() {
        float[] plain = floats(LENGTH);
        float[] vectors = plain.clone();

        PlainLanes.clamp(plain, 0, LENGTH);
        VectorLanes.clamp(vectors, 0, LENGTH);

        assertThat(vectors).isEqualTo(plain);
    }

    @Test
    void widensAndNarrows() {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        float[] plain = new float[LENGTH];
        float[] vectors = new float[LENGTH];

        PlainLanes.widen(bytes, 0, -3, plain, 0, LENGTH);
        VectorLanes.widen(bytes, 0, -3, vectors, 0, LENGTH);

        assertThat(vectors).isEqualTo(plain);

        float[] wide = floats(LENGTH);
        byte[] plainBytes = new byte[LENGTH];
        byte[] vectorBytes = new byte[LENGTH];
        PlainLanes.narrow(wide, 0, plainBytes, 0, LENGTH);
        VectorLanes.narrow(wide, 0, vectorBytes, 0, LENGTH);
        assertThat(vectorBytes).isEqualTo(plainBytes);
    }

    @Test
    void quantises() {
        float[] frequencies = floats(64 * LENGTH);
        float[] factors = new float[64];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = 1f / (1 + i * 20);
        }
        short[] plain = new short[64 * LENGTH];
        short[] vectors = new short[64 * LENGTH];
        int[] plainBits = new int[2 * LENGTH];
        int[] vectorBits = new int[2 * LENGTH];

        PlainLanes.quantise(frequencies, factors, LENGTH, plain, plainBits);
        VectorLanes.quantise(frequencies, factors, LENGTH, vectors, vectorBits);

        assertThat(vectors).isEqualTo(plain);
        assertThat(vectorBits).isEqualTo(plainBits);
        for (int i = 0; i < 64 * LENGTH; i++) {
            int place = i / LENGTH;
            int bits = plainBits[place / 32 * LENGTH + i % LENGTH];
            assertThat(bits >>> place & 1).isEqualTo(plain[i] == 0 ? 0 : 1);
        }
    }

    @Test
    void transformsAsTheTextbookDoes() {
        float[] rows = floats(8 * LENGTH);
        float[] expected = new float[8 * LENGTH];
        float[] basis = InverseDct.basis(8);
        for (int i = 0; i < expected.length; i++) {
            for (int x = 0; x < 8; x++) {
                expected[i] += rows[x * LENGTH + i % LENGTH] * basis[x * 8 + i / LENGTH];
            }
        }
        float[] plain = new float[8 * LENGTH];
        float[] vectors = new float[8 * LENGTH];

        PlainLanes.cosine(rows, 0, LENGTH, plain, 0, LENGTH);
        VectorLanes.cosine(rows, 0, LENGTH, vectors, 0, LENGTH);

        assertThat(plain).containsExactly(expected, within(0.01f));
        assertThat(vectors).containsExactly(expected, within(0.01f));
    }

    @Test
    void laysSquaresOnTheirSide() {
        float[] from = floats(8 * 43);
        float[] plain = new float[8 * 47];
        float[] vectors = new float[8 * 47];

        PlainLanes.turn(from, 5, 43, 9, plain, 3, 47, 11, 4);
        VectorLanes.turn(from, 5, 43, 9, vectors, 3, 47, 11, 4);

        assertThat(vectors).isEqualTo(plain);
        assertThat(plain[3 + 2 * 47 + 3 * 11 + 7]).isEqualTo(from[5 + 7 * 43 + 3 * 9 + 2]);
    }
}
