package dev.darkroom.inference.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.fixture.Pictures;
import dev.darkroom.inference.picture.Preparation.Fit;
import dev.darkroom.inference.picture.Preparation.Rounding;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class PreparationTest {
    private static final Normalisation PLAIN =
            new Normalisation(Normalisation.UNIT, Channels.ZERO, Channels.ONE);

    @Test
    void theMiddleOfAWidePictureIsKept() {
        // Red, then a green square in the middle, then blue.
        RgbImage wide =
                Pictures.of(30, 10, (x, y) -> x < 10 ? 0xff0000 : x < 20 ? 0x00ff00 : 0x0000ff);

        assertThat(preparation(Fit.SHORTEST, 10, Rounding.DOWN).apply(wide))
                .isEqualTo(Pictures.plain(10, 10, 0, 255, 0));
    }

    @Test
    void aSquashedPictureKeepsItsEdges() {
        RgbImage wide = Pictures.of(30, 10, (x, y) -> x < 15 ? 0xff0000 : 0x0000ff);

        RgbImage squashed = preparation(Fit.SQUASH, 10, Rounding.DOWN).apply(wide);

        assertThat(squashed.pixels()[0]).isEqualTo((byte) 255);
        assertThat(squashed.pixels()[3 * 9 + 2]).isEqualTo((byte) 255);
    }

    @Test
    void halfAPixelGoesWhereTheFamilyPutsIt() {
        RgbImage picture = Pictures.of(13, 10, (x, y) -> x);

        RgbImage down = preparation(Fit.SHORTEST, 10, Rounding.DOWN).apply(picture);
        RgbImage even = preparation(Fit.SHORTEST, 10, Rounding.HALF_EVEN).apply(picture);

        assertThat(down.pixels()[2]).isEqualTo((byte) 1);
        assertThat(even.pixels()[2]).isEqualTo((byte) 2);
    }

    @Test
    void aStripThatIsVeryLongTakesNoMoreThanItsMiddle() {
        RgbImage strip = Pictures.of(60_000, 1, (x, y) -> 0x123456);

        assertThat(preparation(Fit.SHORTEST, 224, Rounding.DOWN).apply(strip))
                .isEqualTo(Pictures.plain(224, 224, 0x12, 0x34, 0x56));
    }

    @Test
    void planesAreRedThenGreenThenBlue() {
        FloatBuffer planes = FloatBuffer.allocate(6);

        new Normalisation(Normalisation.UNIT, new Channels(0.5f, 0, 0), new Channels(0.5f, 1, 2))
                .planes(
                        new RgbImage(2, 1, new byte[] {(byte) 255, 51, 0, 0, 102, (byte) 204}),
                        planes);

        assertThat(planes.array())
                .containsExactly(new float[] {1, -1, 0.2f, 0.4f, 0, 0.4f}, within(1e-6f));
    }

    @Test
    void aMiddleThatIsLargerThanThePictureIsRefused() {
        assertThatThrownBy(
                        () ->
                                new Preparation(
                                        Fit.SHORTEST, 8, 8, 9, 8, Filter.BOX, Rounding.DOWN, PLAIN))
                .hasMessageContaining("the middle must fit");
    }

    private static Preparation preparation(Fit fit, int side, Rounding rounding) {
        return new Preparation(fit, side, side, side, side, Filter.BICUBIC, rounding, PLAIN);
    }
}
