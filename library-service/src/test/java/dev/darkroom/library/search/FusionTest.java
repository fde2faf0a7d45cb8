package dev.darkroom.library.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final UUID C = new UUID(0, 3);

    @Test
    void keepsTheOrderOfOneList() {
        assertThat(fused(List.of(List.of(C, A, B)))).containsExactly(C, A, B);
    }

    @Test
    void putsWhatTwoListsNameBeforeWhatOneNamesFirst() {
        assertThat(fused(List.of(List.of(A, B), List.of(C, B)))).containsExactly(B, A, C);
    }

    @Test
    void keepsTheSmallestDistance() {
        List<Hit> hits =
                Fusion.byReciprocalRank(
                        List.of(
                                List.of(new Hit(A, 0, null)),
                                List.of(new Hit(A, 0, .5)),
                                List.of(new Hit(A, 0, .25))));

        assertThat(hits).extracting(Hit::distance).containsExactly(.25);
    }

    private static List<UUID> fused(List<List<UUID>> lists) {
        List<List<Hit>> hits =
                lists.stream()
                        .map(list -> list.stream().map(id -> new Hit(id, 0, null)).toList())
                        .toList();
        return Fusion.byReciprocalRank(hits).stream().map(Hit::assetId).toList();
    }
}
