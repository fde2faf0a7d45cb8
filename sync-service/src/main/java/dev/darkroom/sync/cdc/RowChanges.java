package dev.darkroom.sync.cdc;

import dev.darkroom.schema.Table;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// Turns a change of a row into its record on `cdc.<table>`.
///
/// The value looks like Debezium's envelope, with three differences: a delete's `before` holds the
/// key alone, since PostgreSQL logs no more; a large value that an update left alone is absent and
/// its name stands in `unchanged`; there are no tombstones.
///
/// An update that changes the key arrives as a delete of the old and a creation of the new key.
final class RowChanges {
    private static final String TOPIC_PREFIX = "cdc.";
    private static final Set<String> WHOLE =
            Arrays.stream(Table.values())
                    .filter(table -> table.oldRow() == Table.OldRow.WHOLE)
                    .map(Table::tableName)
                    .collect(Collectors.toUnmodifiableSet());

    private final JsonFactory factory =
            JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
    private final UnchangedValues unchanged;

    RowChanges(UnchangedValues unchanged) {
        this.unchanged = unchanged;
    }

    /// @param key the row's primary key; absent when a whole table was truncated
    ProducerRecord<byte[], byte[]> record(@Nullable Struct key, Struct change) {
        Struct source = change.getStruct("source");
        String table = source.getString("table");
        String op = change.getString("op");
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        TOPIC_PREFIX + table,
                        key == null ? null : json(json -> writeKey(json, key)),
                        json(json -> writeChange(json, key, change, source)));
        Headers headers = record.headers();
        headers.add("lsn", Utf8.bytes(Long.toString(source.getInt64("lsn"))));
        headers.add("tx", Utf8.bytes(Long.toString(source.getInt64("txId"))));
        headers.add("op", Utf8.bytes(op));
        headers.add("table", Utf8.bytes(table));
        return record;
    }

    private byte[] json(Consumer<JsonGenerator> writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
            writer.accept(json);
        }
        return out.toByteArray();
    }

    private void writeChange(
            JsonGenerator json, @Nullable Struct key, Struct change, Struct source) {
        Struct after = change.getStruct("after");
        json.writeStartObject();
        json.writeName("before");
        writeBefore(json, key, change, source.getString("table"));
        json.writeName("after");
        List<String> left = after == null ? writeNoRow(json) : writeRow(json, after);
        if (!left.isEmpty()) {
            json.writeName("unchanged");
            json.writeStartArray();
            left.forEach(json::writeString);
            json.writeEndArray();
        }
        writeSource(json, source);
        json.writeStringProperty("op", change.getString("op"));
        json.writeNumberProperty("ts_ms", change.getInt64("ts_ms"));
        json.writeEndObject();
    }

    /// Where PostgreSQL logs the whole old row, a change shows it.
    private static void writeBefore(
            JsonGenerator json, @Nullable Struct key, Struct change, String table) {
        Struct before = change.getStruct("before");
        if (key == null || before == null) {
            json.writeNull();
        } else if (WHOLE.contains(table)) {
            writeKey(json, before);
        } else if ("d".equals(change.getString("op"))) {
            writeKey(json, key);
        } else {
            json.writeNull();
        }
    }

    private static void writeKey(JsonGenerator json, Struct key) {
        json.writeStartObject();
        for (Field field : key.schema().fields()) {
            json.writeName(field.name());
            ColumnJson.write(json, field.schema(), key.get(field));
        }
        json.writeEndObject();
    }

    private static List<String> writeNoRow(JsonGenerator json) {
        json.writeNull();
        return List.of();
    }

    /// Returns the names of the columns that it left out.
    private List<String> writeRow(JsonGenerator json, Struct row) {
        List<String> left = new ArrayList<>();
        json.writeStartObject();
        for (Field field : row.schema().fields()) {
            Object value = row.getWithoutDefault(field.name());
            if (unchanged.contains(value)) {
                left.add(field.name());
            } else {
                json.writeName(field.name());
                ColumnJson.write(json, field.schema(), value);
            }
        }
        json.writeEndObject();
        return left;
    }

    private static void writeSource(JsonGenerator json, Struct source) {
        json.writeName("source");
        json.writeStartObject();
        json.writeNumberProperty("lsn", source.getInt64("lsn"));
        json.writeNumberProperty("txId", source.getInt64("txId"));
        json.writeStringProperty("schema", source.getString("schema"));
        json.writeStringProperty("table", source.getString("table"));
        json.writeNumberProperty("ts_ms", source.getInt64("ts_ms"));
        json.writeEndObject();
    }
}
