package dev.darkroom.embedding.face;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.embedding.face.FoundFaces.Found;
import dev.darkroom.embedding.face.SameFaces.Known;
import dev.darkroom.embedding.face.SameFaces.Pair;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SameFacesTest {
    private static final Optional<UUID> SPACE = Optional.of(new UUID(0, 1));
    private static final Optional<UUID> OTHER = Optional.of(new UUID(0, 2));

    @Test
    void aFaceInItsPlaceIsTheSame() {
        List<Known> known = List.of(known(.1, .1, SPACE, 1, 0), known(.6, .1, SPACE, 0, 1));
        List<Found> found = List.of(found(.61, .1, .1f, 1), found(.1, .11, 1, .1f));

        assertThat(SameFaces.among(known, found, SPACE))
                .containsExactlyInAnyOrder(new Pair(0, 1), new Pair(1, 0));
    }

    @Test
    void somebodyElseInTheSamePlaceIsNot() {
        assertThat(
                        SameFaces.among(
                                List.of(known(.1, .1, SPACE, 1, 0)),
                                List.of(found(.1, .1, 0, 1)),
                                SPACE))
                .isEmpty();
    }

    @Test
    void aFaceThatHasMovedIsKnownByItsVector() {
        List<Known> known = List.of(known(.1, .1, SPACE, 1, 0), known(.5, .5, SPACE, 0, 1));
        List<Found> found = List.of(found(.5, .1, 1, .05f));

        assertThat(SameFaces.among(known, found, SPACE)).containsExactly(new Pair(0, 0));
    }

    @Test
    void ofAnotherModelOnlyThePlaceCounts() {
        List<Known> known = List.of(known(.1, .1, OTHER, 1, 0), known(.5, .5, OTHER, 0, 1));
        List<Found> found = List.of(found(.12, .1, 0, 1), found(.8, .8, 0, 1));

        assertThat(SameFaces.among(known, found, SPACE)).containsExactly(new Pair(0, 0));
        assertThat(SameFaces.among(known, found, Optional.empty())).containsExactly(new Pair(0, 0));
    }

    @Test
    void eachIsInOnePairAtTheMostTheOneThatFitsBest() {
        List<Known> known = List.of(known(.1, .1, SPACE, 1, 0), known(.12, .1, SPACE, 1, 0));
        List<Found> found = List.of(found(.12, .1, 1, 0));

        assertThat(SameFaces.among(known, found, SPACE)).containsExactly(new Pair(1, 0));
    }

    private static Known known(double left, double top, Optional<UUID> space, float... vector) {
        return new Known(UUID.randomUUID(), box(left, top), space, Optional.of(vector));
    }

    private static Found found(double left, double top, float... vector) {
        return new Found(box(left, top), "[]", .9, Optional.of(vector));
    }

    private static Box box(double left, double top) {
        return new Box(
                BigDecimal.valueOf(left),
                BigDecimal.valueOf(top),
                new BigDecimal("0.2"),
                new BigDecimal("0.2"));
    }
}
