package dev.darkroom.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VisualV1Test {
    private static final int SCENES = 40;
    private static final List<float[]> VECTORS =
            IntStream.range(0, SCENES).mapToObj(i -> vector(Scenes.scene(i))).toList();

    /// When the arithmetic was meant to change: vectors are of another model then, so the name has
    /// to follow.
    @Test
    void itsNameIsTheDigestOfWhatItMakesOfAFixedPicture() throws NoSuchAlgorithmException {
        byte[] rgb = new byte[3 * 300 * 200];
        new Random(1).nextBytes(rgb);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((rgb[i] & 0x3f) + i % 900 / 5);
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * VisualV1.DIMENSION);
        for (float value : VisualV1.vector(new Picture(300, 200, rgb))) {
            bytes.putFloat(value);
        }
        String digest =
                HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));

        assertThat(VisualV1.MODEL_ID).isEqualTo("visual-v1@" + digest.substring(0, 12));
    }

    @Test
    void everyVectorHasTheLengthOne() {
        for (Color colour : List.of(Color.BLACK, Color.WHITE, Color.GRAY, Color.RED)) {
            assertThat(cosine(vector(Scenes.plain(colour)), vector(Scenes.plain(colour))))
                    .isEqualTo(1, within(1e-5));
        }
        assertThat(VECTORS).allSatisfy(v -> assertThat(cosine(v, v)).isEqualTo(1, within(1e-5)));
    }

    @Test
    void aPictureOfOnePixelHasAVectorToo() {
        float[] vector = VisualV1.vector(new Picture(1, 1, new byte[] {1, 2, 3}));

        assertThat(cosine(vector, vector)).isEqualTo(1, within(1e-5));
    }

    @Test
    void theSamePictureGivesTheSameBitsOnEveryThread() {
        Picture picture = Scenes.picture(Scenes.scene(3));
        float[] once = VisualV1.vector(picture);

        assertThat(IntStream.range(0, 64).parallel().mapToObj(_ -> VisualV1.vector(picture)))
                .allSatisfy(again -> assertThat(again).containsExactly(once));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void findsTheOriginalOf(String change, UnaryOperator<BufferedImage> made, int ofForty) {
        long found =
                IntStream.range(0, SCENES)
                        .filter(i -> nearest(vector(made.apply(Scenes.scene(i)))) == i)
                        .count();

        assertThat(found).as(change).isGreaterThanOrEqualTo(ofForty);
    }

    static Stream<Arguments> findsTheOriginalOf() {
        return Stream.of(
                change("a copy of a quarter of the size", image -> Scenes.scaled(image, .25), 40),
                change("a brighter copy", Scenes::brighter, 40),
                change("a tenth cut off", image -> Scenes.cropped(image, .1), 40),
                change("a fifth cut off", image -> Scenes.cropped(image, .2), 38),
                change("a grey copy", Scenes::grey, 34));
    }

    private static Arguments change(
            String name, UnaryOperator<BufferedImage> made, int atLeastOfForty) {
        return Arguments.of(name, made, atLeastOfForty);
    }

    static int nearest(float[] vector) {
        int nearest = 0;
        for (int i = 1; i < SCENES; i++) {
            if (cosine(vector, VECTORS.get(i)) > cosine(vector, VECTORS.get(nearest))) {
                nearest = i;
            }
        }
        return nearest;
    }

    static float[] vector(BufferedImage image) {
        return VisualV1.vector(Scenes.picture(image));
    }

    static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
