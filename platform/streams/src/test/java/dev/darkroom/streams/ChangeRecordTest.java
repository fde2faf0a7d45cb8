package dev.darkroom.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeRecordTest {
    @Test
    void readsAnUpdate() {
        ChangeRecord change =
                Changes.change(
                        "u",
                        42,
                        Changes.COMMITTED,
                        null,
                        "{\"id\":1,\"aperture\":1.50}",
                        "\"unchanged\":[\"note\"],");

        assertThat(change.table()).isEqualTo("assets");
        assertThat(change.topic()).isEqualTo("cdc.assets");
        assertThat(change.op()).isEqualTo(Op.UPDATE);
        assertThat(change.keyText()).isEqualTo("{\"id\":1}");
        assertThat(change.lsn()).isEqualTo(42);
        assertThat(change.txId()).isEqualTo(7);
        assertThat(change.committedAt()).isEqualTo(Changes.COMMITTED);
        assertThat(change.unchanged()).containsExactly("note");
        assertThat(change.before()).isNull();
    }

    @Test
    void keepsEveryDigit() {
        String row =
                "{\"a\":1.50,\"b\":12345678901234567890.123456789,\"c\":1e-7,\"d\":0.000000010}";

        String text = ChangeFormat.flat().text(Changes.change("c", 1, null, row));

        assertThat(text)
                .contains("\"a\":1.50,")
                .contains("\"b\":12345678901234567890.123456789,")
                .contains("\"d\":0.000000010");
    }

    @Test
    void readsMicrosecondsWhereTheyAre() {
        ChangeRecord change =
                ChangeRecord.of(
                        Changes.record(
                                "cdc.assets",
                                "{\"id\":1}",
                                "{\"op\":\"c\",\"after\":{},\"source\":{\"lsn\":1,\"ts_ms\":1000,\"ts_us\":1000005}}"));

        assertThat(change.committedAt()).isEqualTo(Instant.ofEpochSecond(1, 5_000));
    }

    @Test
    void aTruncationHasNoKey() {
        assertThat(Changes.change("t", 1, null, null).keyText()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "cdc.assets | none | {\"op\":\"c\",\"source\":{\"lsn\":1}} | it has no key",
                "cdc.assets | {\"id\":1} | none | no JSON object",
                "cdc.assets | {\"id\":1} | [] | no JSON object",
                "cdc.assets | {\"id\":1} | {half | not a change",
                "cdc.assets | {\"id\":1} | {\"op\":\"x\",\"source\":{\"lsn\":1}} | no operation 'x'",
                "cdc.assets | {\"id\":1} | {\"op\":\"c\"} | no source.lsn",
                "asset-changed | {\"id\":1} | {} | not one of changes"
            })
    void saysWhichRecordIsNoChangeAndWhy(String topic, String key, String value, String reason) {
        assertThatThrownBy(() -> ChangeRecord.of(Changes.record(topic, key, value)))
                .isInstanceOf(ChangeRecord.NotAChange.class)
                .hasMessageContaining(topic + ", partition 3, offset 17")
                .hasMessageContaining(reason);
    }
}
