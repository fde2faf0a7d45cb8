package dev.darkroom.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTextTest {
    private static RowText read(String value) {
        return RowText.of(Changes.record("cdc.assets", "{\"id\":1}", value));
    }

    @Test
    void leavesTheRowAsItIs() {
        String row = "{\"n\":-0.0, \"ü\\n\":\"\\u00fc}\",\"list\":[1e-7,{}],\"\":null}";

        RowText change =
                read(
                        "{\"before\":{\"a\":{}},\"after\":"
                                + row
                                + ",\"unchanged\":[\"x\",\"y\"],\"source\":{\"lsn\":5,\"ts_ms\":7,\"more\":[1]},\"op\":\"u\",\"ts_ms\":1}");

        assertThat(change)
                .isEqualTo(
                        new RowText(
                                "{\"id\":1}",
                                Op.UPDATE,
                                5,
                                Instant.ofEpochMilli(7),
                                row,
                                List.of("x", "y")));
    }

    @Test
    void aDeleteHasNoRow() {
        assertThat(read("{\"op\":\"d\",\"after\":null,\"source\":{\"lsn\":5,\"ts_us\":1000001}}"))
                .isEqualTo(
                        new RowText(
                                "{\"id\":1}",
                                Op.DELETE,
                                5,
                                Instant.ofEpochSecond(1, 1_000),
                                null,
                                List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{half",
                "{}",
                "{\"op\":\"c\",\"source\":{}}",
                "{\"source\":{\"lsn\":1}}",
                "{\"op\":\"x\",\"source\":{\"lsn\":1}}"
            })
    void refusesWhatIsNoChange(String value) {
        assertThatThrownBy(() -> read(value)).isInstanceOf(ChangeRecord.NotAChange.class);
    }
}
