package dev.darkroom.library.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.library.sorting.WhoIsWho.Decision;
import dev.darkroom.library.sorting.WhoIsWho.Neighbour;
import dev.darkroom.library.sorting.WhoIsWho.Rules;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhoIsWhoTest {
    private static final Rules RULES = new Rules(0.5, 3);
    private static final UUID SELF = id(100);

    @Test
    void aNewFaceJoinsTheNearestWhoIsKnown() {
        Decision decision =
                WhoIsWho.decide(
                        SELF,
                        List.of(
                                neighbour(1, 0.4, id(11)),
                                neighbour(2, 0.1, null),
                                neighbour(3, 0.2, id(12)),
                                neighbour(4, 0.6, id(13))),
                        RULES);

        assertThat(decision).isEqualTo(new Decision.Joins(id(12)));
    }

    @Test
    void equallyNearIsDecidedByTheFacesIds() {
        assertThat(
                        WhoIsWho.decide(
                                SELF,
                                List.of(neighbour(2, 0.2, id(12)), neighbour(1, 0.2, id(11))),
                                RULES))
                .isEqualTo(new Decision.Joins(id(11)));
    }

    @Test
    void twoAreTooFewAndTheDistanceCounts() {
        assertThat(
                        WhoIsWho.decide(
                                SELF,
                                List.of(neighbour(1, 0.2, null), neighbour(2, 0.51, null)),
                                RULES))
                .isEqualTo(new Decision.Waits());
        assertThat(
                        WhoIsWho.decide(
                                SELF,
                                List.of(neighbour(2, 0.2, null), neighbour(1, 0.5, null)),
                                RULES))
                .isEqualTo(new Decision.Founds(List.of(id(1), id(2), SELF)));
    }

    @Test
    void aFaceIsNoNeighbourOfItself() {
        assertThat(
                        WhoIsWho.decide(
                                SELF,
                                List.of(neighbour(1, 0.2, null), new Neighbour(SELF, 0, null)),
                                RULES))
                .isEqualTo(new Decision.Waits());
    }

    @Test
    void senselessRulesAreRefused() {
        assertThatThrownBy(() -> new Rules(0, 3)).hasMessageContaining("maxDistance");
        assertThatThrownBy(() -> new Rules(0.5, 0)).hasMessageContaining("minFaces");
    }

    private static Neighbour neighbour(int face, double distance, @Nullable UUID person) {
        return new Neighbour(id(face), distance, person);
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
