package dev.darkroom.sync.cdc.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeRecordsTest {
    private static final int TEXT = 25;
    private static final int INT4 = 23;
    private static final int JSONB = 3802;
    private static final TypeForms TYPES =
            new TypeForms(
                    Map.of(
                            TEXT, new TypeForms.Type("text", 0, 0),
                            INT4, new TypeForms.Type("int4", 0, 0),
                            JSONB, new TypeForms.Type("jsonb", 0, 0)));
    private static final TableShape SHAPE =
            new TableShape(
                    "public",
                    "things",
                    List.of(
                            new Column("size", INT4),
                            new Column("name \"x\"", TEXT),
                            new Column("id", TEXT),
                            new Column("more", JSONB)),
                    List.of(2, 0),
                    TYPES);
    private static final ChangeSource SOURCE = new ChangeSource(81, 7, 1_700_000_000_123L);

    private final ChangeRecords changes = new ChangeRecords();

    @Test
    void writesARowThatWasReadFromTheTable() {
        // when
        ProducerRecord<byte[], byte[]> record =
                changes.written(
                        SHAPE, Operation.READ, null, row("5", "ü\n", "a", "{\"k\": 1.50}"), SOURCE);

        // then
        assertThat(record.topic()).isEqualTo("cdc.things");
        assertThat(text(record.key())).isEqualTo("{\"id\":\"a\",\"size\":5}");
        assertThat(text(record.value()))
                .matches(
                        "\\{\"before\":null,\"after\":\\{\"size\":5,\"name \\\\\"x\\\\\"\":\"ü\\\\n\","
                                + "\"id\":\"a\",\"more\":\\{\"k\": 1.50}},"
                                + "\"source\":\\{\"lsn\":81,\"txId\":7,\"schema\":\"public\","
                                + "\"table\":\"things\",\"ts_ms\":1700000000123},\"op\":\"r\","
                                + "\"ts_ms\":\\d+}");
        assertThat(record.headers().toArray())
                .extracting(header -> header.key() + "=" + text(header.value()))
                .containsExactly("lsn=81", "tx=7", "op=r", "table=things");
    }

    @Test
    void writesTheKeyOfARowThatIsGone() {
        // when
        ProducerRecord<byte[], byte[]> record =
                changes.deleted(SHAPE, row("5", null, "a", null), false, SOURCE);

        // then
        assertThat(text(record.value()))
                .startsWith("{\"before\":{\"id\":\"a\",\"size\":5},\"after\":null,\"source\":");
    }

    @Test
    void namesTheLargeValuesThatAreNotInTheLog() {
        // when
        List<ProducerRecord<byte[], byte[]>> records =
                changes.updated(SHAPE, null, false, tuple("t5", "u", "ta", "u"), SOURCE);

        // then
        assertThat(records).hasSize(1);
        assertThat(text(records.getFirst().value()))
                .startsWith(
                        "{\"before\":null,\"after\":{\"size\":5,\"id\":\"a\"},"
                                + "\"unchanged\":[\"name \\\"x\\\"\",\"more\"],\"source\":");
    }

    @Test
    void tellsAChangedKeyAsTheEndOfOneRowAndTheBeginningOfAnother() {
        // when
        List<ProducerRecord<byte[], byte[]>> records =
                changes.updated(
                        SHAPE, row("5", null, "a", null), false, row("5", "n", "b", "1"), SOURCE);

        // then
        assertThat(records)
                .extracting(record -> text(record.headers().lastHeader("op").value()))
                .containsExactly("d", "c");
        assertThat(records)
                .extracting(record -> text(record.key()))
                .containsExactly("{\"id\":\"a\",\"size\":5}", "{\"id\":\"b\",\"size\":5}");
    }

    @Test
    void givesATruncatedTableNoKey() {
        assertThat(changes.truncated(SHAPE, SOURCE).key()).isNull();
    }

    @Test
    void refusesBytesThatAreNotInHexadecimal() {
        assertThatThrownBy(() -> Scalars.bytes(new JsonBytes(), utf8("abc"), 0, 3))
                .hasMessageContaining("bytea_output");
    }

    @Test
    void growsWithARowOfAnySizeAndShrinksAgain() {
        // given
        String large = "x".repeat(3_000_000);

        // when
        ProducerRecord<byte[], byte[]> record =
                changes.written(SHAPE, Operation.CREATE, null, row("1", large, "a", "1"), SOURCE);
        ProducerRecord<byte[], byte[]> next =
                changes.written(SHAPE, Operation.CREATE, null, row("1", "y", "a", "1"), SOURCE);

        // then
        assertThat(text(record.value())).contains(large);
        assertThat(next.value().length).isLessThan(300);
    }

    private static RowText row(@Nullable String... values) {
        return RowText.of(
                Arrays.stream(values).map(value -> value == null ? null : utf8(value)).toList());
    }

    /// @param columns the kind of each, and its text
    private static RowText tuple(String... columns) {
        ByteBuffer tuple = ByteBuffer.allocate(1_000).putShort((short) columns.length);
        for (String column : columns) {
            tuple.put((byte) column.charAt(0));
            if (column.charAt(0) == 't') {
                byte[] text = utf8(column.substring(1));
                tuple.putInt(text.length).put(text);
            }
        }
        RowText row = new RowText();
        row.read(tuple.flip());
        return row;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
