package dev.darkroom.inference.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.inference.faces.People.Decision;
import dev.darkroom.inference.faces.People.Neighbour;
import dev.darkroom.inference.faces.People.Rules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeopleTest {
    private static final Rules RULES = Rules.defaults();

    @Test
    void threeFacesThatAreAlikeArePeople() {
        Map<String, float[]> faces = new LinkedHashMap<>();
        faces.put("a1", at(0));
        faces.put("a2", at(5));
        faces.put("a3", at(10));
        faces.put("b1", at(120));
        faces.put("b2", at(125));
        faces.put("b3", at(130));
        faces.put("alone", at(240));

        assertThat(People.cluster(faces, Map.of(), RULES))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "a1", "a1", "a2", "a1", "a3", "a1", "b1", "b1", "b2", "b1", "b3",
                                "b1"));
    }

    @Test
    void theOrderInWhichFacesComeChangesNothing() {
        Random random = new Random(7);
        Map<String, float[]> faces = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            faces.put("f" + i, at(random.nextInt(360)));
        }
        List<String> names = new ArrayList<>(faces.keySet());
        Map<String, String> first = People.cluster(faces, Map.of(), new Rules(0.01, 3));
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(names, random);
            Map<String, float[]> shuffled = new LinkedHashMap<>();
            names.forEach(name -> shuffled.put(name, faces.get(name)));

            assertThat(People.cluster(shuffled, Map.of(), new Rules(0.01, 3))).isEqualTo(first);
        }
    }

    @Test
    void whatAPersonDecidedStays() {
        Map<String, float[]> faces = Map.of("a", at(0), "b", at(3), "c", at(6), "d", at(200));

        Map<String, String> people = People.cluster(faces, Map.of("a", "Ada", "d", "Dora"), RULES);

        assertThat(people)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("a", "Ada", "b", "Ada", "c", "Ada", "d", "Dora"));
    }

    @Test
    void aNewFaceJoinsTheNearestWhoIsKnown() {
        Decision decision =
                People.decide(
                        "new",
                        List.of(
                                neighbour("x", 0.4, "Xaver"),
                                neighbour("n", 0.1, null),
                                neighbour("y", 0.2, "Yara"),
                                neighbour("z", 0.6, "Zoe")),
                        RULES);

        assertThat(decision).isEqualTo(new Decision.Joins("Yara"));
    }

    @Test
    void equallyNearIsDecidedByName() {
        assertThat(
                        People.decide(
                                "new",
                                List.of(neighbour("b", 0.2, "Bea"), neighbour("a", 0.2, "Abe")),
                                RULES))
                .isEqualTo(new Decision.Joins("Abe"));
    }

    @Test
    void twoAreTooFewAndTheDistanceCounts() {
        assertThat(
                        People.decide(
                                "new",
                                List.of(neighbour("a", 0.2, null), neighbour("b", 0.51, null)),
                                RULES))
                .isEqualTo(new Decision.Waits());
        assertThat(
                        People.decide(
                                "new",
                                List.of(neighbour("z", 0.2, null), neighbour("a", 0.5, null)),
                                RULES))
                .isEqualTo(new Decision.Founds(List.of("a", "new", "z")));
    }

    @Test
    void senselessRulesAreRefused() {
        assertThatThrownBy(() -> new Rules(0, 3)).hasMessageContaining("maxDistance");
        assertThatThrownBy(() -> new Rules(0.5, 0)).hasMessageContaining("minFaces");
    }

    private static Neighbour neighbour(String face, double distance, @Nullable String person) {
        return new Neighbour(face, distance, Optional.ofNullable(person));
    }

    /// A direction in a plane.
    private static float[] at(int degrees) {
        double angle = Math.toRadians(degrees);
        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }
}
