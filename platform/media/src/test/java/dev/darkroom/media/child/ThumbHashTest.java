package dev.darkroom.media.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The expected hashes come from the algorithm's author's own encoder, version 0.1.1, given the
/// same pixels.
class ThumbHashTest {

    private static Pixels pattern(int width, int height, boolean transparent) {
        int[] argb = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int alpha = transparent ? x * 8 % 256 : 255;
                argb[y * width + x] =
                        alpha << 24
                                | (x * 4 % 256) << 16
                                | (y * 6 % 256) << 8
                                | ((x + y) * 2 % 256);
            }
        }
        return new Pixels(width, height, argb);
    }

    @ParameterizedTest
    @CsvSource({
        "60, 40, false, mwgOFZhwd3eBiHh3iHiIh3hwCPd3",
        "30, 50, true, F7iFEwg3tLAoqkZ4a0Dq9XB3eIiIeHg=",
        "100, 100, false, XecJNxAGtGU2h4hzaldoB3iKaWWPBokL",
        "1, 1, false, AAgCBwAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "7, 100, true, lDaBCQARh7BYWSiHT2a59nB3h4h4eIg="
    })
    void agreesWithTheAuthorsEncoder(int width, int height, boolean transparent, String hash) {
        assertThat(
                        Base64.getEncoder()
                                .encodeToString(ThumbHash.of(pattern(width, height, transparent))))
                .isEqualTo(hash);
    }

    @Test
    void refusesAPictureTooLarge() {
        assertThatThrownBy(() -> ThumbHash.of(pattern(101, 1, false)))
                .hasMessageContaining("101 x 1");
    }
}
