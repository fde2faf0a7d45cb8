package dev.darkroom.library.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.library.duplicate.DuplicateGroups.Group;
import dev.darkroom.library.duplicate.DuplicatePairs.Pair;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DuplicateGroupsTest {
    @Test
    void putsTogetherWhatPairsLinkAndListsTheNewestGroupFirst() {
        List<Group> groups =
                DuplicateGroups.groupsOf(
                        List.of(
                                new Pair(id(1), id(4), 3),
                                new Pair(id(2), id(9), 7),
                                new Pair(id(3), id(4), 20),
                                new Pair(id(3), id(5), 1)));

        assertThat(groups)
                .containsExactly(
                        new Group(List.of(id(2), id(9)), 7),
                        new Group(List.of(id(1), id(3), id(4), id(5)), 20));
    }

    @Test
    void makesOneGroupOfALongChainInAnyOrder() {
        List<Pair> pairs =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> new Pair(id(i), id(i + 1), 1))
                        .collect(Collectors.toList());
        Collections.shuffle(pairs, new Random(5));

        assertThat(DuplicateGroups.groupsOf(pairs))
                .singleElement()
                .satisfies(group -> assertThat(group.assets()).hasSize(5_001));
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
