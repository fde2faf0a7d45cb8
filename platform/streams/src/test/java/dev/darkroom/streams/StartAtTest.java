package dev.darkroom.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartAtTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void readsEndsAndOffsets() {
        assertThat(StartAt.of("beginning", NOW)).isEqualTo(new StartAt.Beginning());
        assertThat(StartAt.of("end", NOW)).isEqualTo(new StartAt.End());
        assertThat(StartAt.of("17", NOW)).isEqualTo(new StartAt.Offset(17));
    }

    @ParameterizedTest
    @CsvSource({
        "@-1h, 2026-11-21T11:00:00Z",
        "@-1h30m, 2026-11-21T10:30:00Z",
        "@-90s, 2026-11-21T11:58:30Z",
        "@-500ms, 2026-11-21T11:59:59.5Z",
        "@-2w, 2026-11-07T12:00:00Z",
        "@-1d, 2026-11-20T12:00:00Z",
        "@2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
        "@2026-01-01T02:00:00+02:00, 2026-01-01T00:00:00Z",
        "@2026-01-01, 2026-01-01T00:00:00Z"
    })
    void readsTimes(String text, Instant time) {
        assertThat(StartAt.of(text, NOW)).isEqualTo(new StartAt.Time(time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yesterday", "", "-1", "@", "@-", "@-1", "@-1y", "@-h", "@12:00", "@-1h!"})
    void refusesWhatIsNoPlaceAndNamesIt(String text) {
        assertThatThrownBy(() -> StartAt.of(text, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.replace("@", ""));
    }
}
