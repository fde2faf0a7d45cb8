package dev.darkroom.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One change of a row, as its record on `cdc.<table>` tells it.
///
/// The same change may stand in a topic more than once; then table, key and [#lsn()] are the same.
///
/// @param table the table it happened in
/// @param partition of the table's topic
/// @param offset in that partition
/// @param key the primary key; null when the whole table was truncated
/// @param envelope the record's value: `before`, `after`, `unchanged`, `source`, `op`, `ts_ms`
public record ChangeRecord(
        String table, int partition, long offset, @Nullable JsonNode key, ObjectNode envelope) {
    /// What topics of changes begin with.
    public static final String TOPIC_PREFIX = "cdc.";

    /// Reads a record.
    ///
    /// @throws NotAChange when it is none
    public static ChangeRecord of(ConsumerRecord<byte[], byte[]> record) {
        if (!isChangeTopic(record.topic())) {
            throw new NotAChange(record, "the topic is not one of changes (cdc.*)");
        }
        try {
            byte @Nullable [] keyBytes = record.key();
            JsonNode key = keyBytes == null ? null : StreamJson.MAPPER.readTree(keyBytes);
            byte @Nullable [] value = record.value();
            if (value == null
                    || !(StreamJson.MAPPER.readTree(value) instanceof ObjectNode envelope)) {
                throw new NotAChange(record, "its value is no JSON object");
            }
            ChangeRecord change =
                    new ChangeRecord(
                            record.topic().substring(TOPIC_PREFIX.length()),
                            record.partition(),
                            record.offset(),
                            key,
                            envelope);
            if (change.op() != Op.TRUNCATE && key == null) {
                throw new NotAChange(record, "it has no key");
            }
            if (!envelope.path("source").path("lsn").isIntegralNumber()) {
                throw new NotAChange(record, "its value has no source.lsn");
            }
            return change;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new NotAChange(record, String.valueOf(e.getMessage()), e);
        }
    }

    /// Whether a topic is one of changes.
    public static boolean isChangeTopic(String topic) {
        return topic.startsWith(TOPIC_PREFIX) && topic.indexOf('.', TOPIC_PREFIX.length()) < 0;
    }

    /// Where a record says that its change stands in the log, without a look at its value; empty
    /// when it says nothing.
    public static OptionalLong lsnOf(ConsumerRecord<byte[], byte[]> record) {
        long lsn = Place.number(record.headers(), "lsn", -1);
        return lsn < 0 ? OptionalLong.empty() : OptionalLong.of(lsn);
    }

    /// The topic it stands on.
    public String topic() {
        return TOPIC_PREFIX + table;
    }

    public Op op() {
        return Op.of(envelope.path("op").asString());
    }

    /// The key as one text; empty for a truncation.
    public String keyText() {
        return key == null ? "" : key.toString();
    }

    /// What is known of the row before: all of it where the table logs it, the key alone for a
    /// delete elsewhere, null for a creation.
    public @Nullable ObjectNode before() {
        return envelope.get("before") instanceof ObjectNode row ? row : null;
    }

    /// The row afterwards without its [#unchanged()] columns; null for a delete.
    public @Nullable ObjectNode after() {
        return envelope.get("after") instanceof ObjectNode row ? row : null;
    }

    /// The row: afterwards, or before it was deleted.
    public @Nullable ObjectNode row() {
        ObjectNode after = after();
        return after != null ? after : before();
    }

    /// Columns that an update left alone and that PostgreSQL therefore did not log.
    public List<String> unchanged() {
        List<String> names = new ArrayList<>();
        envelope.path("unchanged").forEach(name -> names.add(name.asString()));
        return names;
    }

    /// Where in PostgreSQL's log it stands; changes of one key follow each other in this order.
    public long lsn() {
        return envelope.path("source").path("lsn").asLong();
    }

    /// The transaction's number.
    public long txId() {
        return envelope.path("source").path("txId").asLong();
    }

    /// When its transaction was committed.
    public Instant committedAt() {
        JsonNode source = envelope.path("source");
        return source.path("ts_us").isIntegralNumber()
                ? Instant.EPOCH.plus(source.path("ts_us").asLong(), ChronoUnit.MICROS)
                : Instant.ofEpochMilli(source.path("ts_ms").asLong());
    }

    /// A record on a topic of changes that does not describe one.
    public static final class NotAChange extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAChange(ConsumerRecord<byte[], byte[]> record, String reason) {
            super(message(record, reason));
        }

        NotAChange(ConsumerRecord<byte[], byte[]> record, String reason, Exception cause) {
            super(message(record, reason), cause);
        }

        private static String message(ConsumerRecord<byte[], byte[]> record, String reason) {
            byte @Nullable [] key = record.key();
            return "not a change: %s, partition %d, offset %d, key %s: %s"
                    .formatted(
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            key == null ? "none" : new String(key, StandardCharsets.UTF_8),
                            reason);
        }
    }
}
