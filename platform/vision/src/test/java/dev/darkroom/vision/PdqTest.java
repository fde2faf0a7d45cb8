package dev.darkroom.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PdqTest {
    @Test
    void copiesOfAnotherSizeOrBrightnessAreNear() {
        IntStream.range(0, 20)
                .forEach(
                        i -> {
                            PerceptualHash hash = hash(i);
                            assertThat(Pdq.hash(Scenes.picture(Scenes.brighter(Scenes.scene(i)))))
                                    .matches(hash::isNear, "near " + hash);
                            assertThat(Pdq.hash(Scenes.picture(Scenes.scaled(Scenes.scene(i), 2))))
                                    .matches(hash::isNear, "near " + hash);
                        });
    }

    @Test
    void otherPicturesAreFar() {
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(hash(i).distance(hash(j))).isGreaterThan(60);
            }
        }
    }

    @Test
    void aMirroredPictureIsAnother() {
        PerceptualHash mirrored = Pdq.hash(Scenes.picture(Scenes.mirrored(Scenes.scene(1))));

        assertThat(mirrored.distance(hash(1))).isGreaterThan(60);
    }

    @Test
    void aPlainPictureIsNearToNothing() {
        PerceptualHash plain = Pdq.hash(Scenes.picture(Scenes.plain(Color.BLUE)));

        assertThat(plain.quality()).isZero();
        assertThat(plain.isNear(plain)).isFalse();
    }

    @Test
    void halfOfTheBitsAreSet() {
        assertThat(hash(5).bits().chars().filter(bit -> bit == '1').count()).isEqualTo(128);
    }

    /// The bits were frozen when the hash was written; they are in databases.
    @Test
    void aPictureHasTheHashThatItAlwaysHad() {
        byte[] rgb = new byte[3 * 200 * 150];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % 200;
            int y = i / 600;
            rgb[i] = (byte) (x * y / 40 + (x / 25 + y / 30) % 2 * 60 + i % 3 * 10);
        }

        assertThat(Pdq.hash(new Picture(200, 150, rgb)))
                .extracting(PerceptualHash::hex, PerceptualHash::quality)
                .containsExactly(
                        "a1756a92d682a1ab1928e56dc8951ada66d5cc62315797a52f0963339927cfbe", 100);
    }

    private static PerceptualHash hash(int scene) {
        return Pdq.hash(Scenes.picture(Scenes.scene(scene)));
    }
}
