package dev.darkroom.media.child.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What bright footage looks like on an ordinary screen.
class WideRangeTest {

    /// Codes of PQ for 0, 26 (a grey card) and 203 (paper white) candela, of HLG for the same.
    @ParameterizedTest
    @CsvSource({"0, 0", "97, 101", "148, 237", "255, 255"})
    void paperIsAlmostWhiteAndAGreyCardGreyInPq(int code, int shown) {
        assertThat(map(WideRange.PQ, code, code, code)).isCloseTo(shown, within(6));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "97, 101", "191, 237", "255, 254"})
    void paperIsAlmostWhiteAndAGreyCardGreyInHlg(int code, int shown) {
        assertThat(map(WideRange.HLG, code, code, code)).isCloseTo(shown, within(6));
    }

    @Test
    void greyStaysGreyAndRedBecomesRedder() {
        int[] pixels = {0xff949494, 0xff946060};
        WideRange.PQ.toSrgb(pixels);
        int grey = pixels[0];
        assertThat(grey >> 16 & 0xff).isCloseTo(grey & 0xff, within(2));
        assertThat((pixels[1] >> 16 & 0xff) - (pixels[1] & 0xff)).isGreaterThan(0x94 - 0x60);
    }

    private static int map(WideRange range, int red, int green, int blue) {
        int[] pixel = {0xff000000 | red << 16 | green << 8 | blue};
        range.toSrgb(pixel);
        return pixel[0] >> 8 & 0xff;
    }
}
