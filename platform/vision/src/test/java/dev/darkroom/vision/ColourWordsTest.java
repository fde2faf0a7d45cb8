package dev.darkroom.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourWordsTest {
    private static final Map<String, Color> PICTURES = new LinkedHashMap<>();

    static {
        PICTURES.put("red", new Color(220, 20, 20));
        PICTURES.put("orange", new Color(250, 140, 10));
        PICTURES.put("yellow", new Color(250, 240, 20));
        PICTURES.put("green", new Color(20, 200, 40));
        PICTURES.put("turquoise", new Color(30, 210, 190));
        PICTURES.put("blue", new Color(20, 60, 230));
        PICTURES.put("purple", new Color(140, 20, 220));
        PICTURES.put("pink", new Color(250, 60, 180));
        PICTURES.put("brown", new Color(100, 60, 10));
        PICTURES.put("black", new Color(5, 5, 5));
        PICTURES.put("grey", new Color(128, 128, 128));
        PICTURES.put("white", new Color(252, 252, 252));
        PICTURES.put("dark blue", new Color(5, 10, 90));
        PICTURES.put("pale blue", new Color(170, 190, 240));
    }

    @ParameterizedTest
    @CsvSource({
        "red, red",
        "Orange!, orange",
        "yellow, yellow",
        "green, green",
        "turquoise, turquoise",
        "blue, blue",
        "purple, purple",
        "pink, pink",
        "brown, brown",
        "black, black",
        "gray, grey",
        "white, white",
        "dark blue, dark blue",
        "light blue, bright blue or pale blue",
    })
    void aWordFindsThePictureOfItsColour(String words, String expected) {
        assertThat(expected).contains(best(words));
    }

    @Test
    void darkAndBrightFindPicturesAsAWhole() {
        assertThat(best("dark")).isEqualTo("black");
        assertThat(best("bright")).isEqualTo("white");
    }

    @Test
    void otherWordsMeanNothing() {
        assertThat(ColourWords.query("my dog at the beach")).isEmpty();
        assertThat(ColourWords.query("a RED car").orElseThrow().words()).containsExactly("red");
    }

    private static String best(String words) {
        float[] query = ColourWords.query(words).orElseThrow().vector();
        return PICTURES.entrySet().stream()
                .max((one, other) -> Double.compare(nearness(query, one), nearness(query, other)))
                .orElseThrow()
                .getKey();
    }

    private static double nearness(float[] query, Entry<String, Color> picture) {
        return VisualV1Test.cosine(query, VisualV1Test.vector(Scenes.plain(picture.getValue())));
    }
}
