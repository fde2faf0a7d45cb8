package dev.darkroom.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// A change whose row is left as the text it is: for copying rows, not for looking at them.
///
/// Unlike [ChangeRecord] it keeps what no number type keeps, such as `-0.0`, and takes a fraction
/// of the time.
///
/// @param key the primary key as one text; empty for a truncation
/// @param after the row as JSON; null for a delete and a truncation
/// @param unchanged columns that `after` leaves out
public record RowText(
        String key,
        Op op,
        long lsn,
        Instant committedAt,
        @Nullable String after,
        List<String> unchanged) {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(1 << 30)
                                    .maxNumberLength(200_000)
                                    .build())
                    .build();

    public RowText {
        unchanged = List.copyOf(unchanged);
    }

    /// Reads a record.
    ///
    /// @throws ChangeRecord.NotAChange when it is none
    public static RowText of(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        byte @Nullable [] key = record.key();
        if (value == null) {
            throw new ChangeRecord.NotAChange(record, "it has no value");
        }
        Reading reading = new Reading();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new ChangeRecord.NotAChange(record, "its value is no JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                reading.field(json, value);
            }
            String keyText = key == null ? "" : StreamJson.MAPPER.readTree(key).toString();
            return reading.result(keyText, record);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new ChangeRecord.NotAChange(record, String.valueOf(e.getMessage()), e);
        }
    }

    /// What has been read of a value so far.
    private static final class Reading {
        private @Nullable Op op;
        private long lsn = -1;
        private long millis;
        private long micros = -1;
        private @Nullable String after;
        private final List<String> unchanged = new ArrayList<>();

        void field(JsonParser json, byte[] value) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            switch (name) {
                case "op" -> op = Op.of(json.getString());
                case "after" -> {
                    if (token == JsonToken.START_OBJECT) {
                        int from = (int) json.currentTokenLocation().getByteOffset();
                        json.skipChildren();
                        int to = (int) json.currentLocation().getByteOffset();
                        after = new String(value, from, to - from, StandardCharsets.UTF_8);
                    }
                }
                case "unchanged" -> {
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        unchanged.add(json.getString());
                    }
                }
                case "source" -> source(json);
                default -> json.skipChildren();
            }
        }

        private void source(JsonParser json) {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "lsn" -> lsn = json.getLongValue();
                    case "ts_ms" -> millis = json.getLongValue();
                    case "ts_us" -> micros = json.getLongValue();
                    default -> json.skipChildren();
                }
            }
        }

        RowText result(String key, ConsumerRecord<byte[], byte[]> record) {
            if (op == null || lsn < 0) {
                throw new ChangeRecord.NotAChange(record, "its value has no op or no source.lsn");
            }
            if (key.isEmpty() && op != Op.TRUNCATE) {
                throw new ChangeRecord.NotAChange(record, "it has no key");
            }
            Instant committedAt =
                    micros >= 0
                            ? Instant.EPOCH.plus(micros, ChronoUnit.MICROS)
                            : Instant.ofEpochMilli(millis);
            return new RowText(key, op, lsn, committedAt, after, unchanged);
        }
    }
}
