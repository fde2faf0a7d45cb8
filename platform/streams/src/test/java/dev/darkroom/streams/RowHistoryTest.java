package dev.darkroom.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowHistoryTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final RowHistory history = new RowHistory();

    private String at(int seconds) {
        return history.rowAt(T0.plusSeconds(seconds)).map(Object::toString).orElse("none");
    }

    private ChangeRecord change(
            int second, String op, long lsn, @Nullable String after, String more) {
        return Changes.change(op, lsn, T0.plusSeconds(second), null, after, more);
    }

    @Test
    void isTheRowAsOfEachTimeWhateverTheOrderOfArrival() {
        history.add(change(3, "d", 30, null, ""));
        history.add(change(2, "u", 20, "{\"id\":1,\"rating\":5}", ""));
        history.add(change(1, "c", 10, "{\"id\":1,\"rating\":1}", ""));
        history.add(change(2, "u", 20, "{\"id\":1,\"rating\":5}", ""));

        assertThat(at(0)).isEqualTo("none");
        assertThat(at(1)).isEqualTo("{\"id\":1,\"rating\":1}");
        assertThat(at(2)).isEqualTo("{\"id\":1,\"rating\":5}");
        assertThat(at(3)).isEqualTo("none");
        assertThat(history.upTo(T0.plusSeconds(9))).hasSize(3);
    }

    @Test
    void aValueThatAnUpdateLeftAloneKeepsItsValueAndItsPlace() {
        history.add(change(1, "c", 10, "{\"id\":1,\"note\":\"long\",\"rating\":1}", ""));
        history.add(change(2, "u", 20, "{\"id\":1,\"rating\":2}", "\"unchanged\":[\"note\"],"));
        history.add(change(3, "u", 30, "{\"id\":1,\"rating\":3}", "\"unchanged\":[\"note\"],"));

        assertThat(at(3)).isEqualTo("{\"id\":1,\"note\":\"long\",\"rating\":3}");
    }

    @Test
    void aTruncationEndsTheRow() {
        history.add(change(1, "c", 10, "{\"id\":1}", ""));
        history.add(change(2, "t", 20, null, ""));
        history.add(change(3, "c", 30, "{\"id\":1,\"new\":true}", ""));

        assertThat(at(2)).isEqualTo("none");
        assertThat(at(3)).isEqualTo("{\"id\":1,\"new\":true}");
        assertThat(history.lastChange(T0.plusSeconds(2)).orElseThrow().op()).isEqualTo(Op.TRUNCATE);
    }
}
