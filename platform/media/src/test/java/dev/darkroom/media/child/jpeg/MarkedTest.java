package dev.darkroom.media.child.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkedTest {

    @Test
    void isTheNumberThatTheStandardMeans() {
        for (int value = -2_047; value <= 2_047; value++) {
            int size = Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(value));
            int bits = value < 0 ? value + (1 << size) - 1 : value;

            assertThat(Marked.value(1 << size | bits)).isEqualTo(value);
        }
    }

    @Test
    void isZeroWhereNothingWasWritten() {
        assertThat(Marked.value(0)).isZero();
    }
}
