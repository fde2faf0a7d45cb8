package dev.darkroom.sync.cdc.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyDigestsTest {
    private final KeyDigests keys = new KeyDigests();

    @Test
    void keepsTheLatestChangeOfAKeyInWhateverOrderTheyCome() {
        assertThat(keys.put(7, 20, 200, false)).isTrue();
        assertThat(keys.put(7, 10, 100, false)).isFalse();
        assertThat(keys.put(7, 20, 200, false)).isFalse();

        assertThat(keys.row(keys.find(7))).isEqualTo(200);
        assertThat(keys.find(8)).isEqualTo(KeyDigests.ABSENT);
    }

    @Test
    void namesTheRowsThatTheTableDoesNotHave() {
        keys.put(1, 10, 1, false);
        keys.put(2, 10, 2, false);
        keys.put(3, 10, 0, true);
        keys.put(4, 99, 4, false);
        keys.visit(keys.find(1));
        Set<Long> unvisited = new HashSet<>();

        keys.unvisited(50, unvisited::add);

        assertThat(unvisited).containsExactly(2L);
    }

    @Test
    void forgetsDeletedRowsAndKeepsTheOthersWhileItGrowsAndShrinks() {
        Random random = new Random(1);
        Set<Long> there = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            long key = random.nextLong() | 1;
            boolean gone = i % 10 != 0;
            keys.put(key, 10, i, gone);
            if (!gone) {
                there.add(key);
            }
        }
        long before = keys.bytes();

        keys.forgetGone(50);

        assertThat(keys.size()).isEqualTo(there.size());
        assertThat(keys.bytes()).isLessThan(before);
        assertThat(there).allMatch(key -> keys.find(key) != KeyDigests.ABSENT);
    }

    @Test
    void takesATruncatedTablesRowsForGone() {
        keys.put(1, 10, 1, false);
        keys.put(2, 30, 2, false);

        keys.truncate(20);

        assertThat(keys.isGone(keys.find(1))).isTrue();
        assertThat(keys.isGone(keys.find(2))).isFalse();
    }
}
