package dev.darkroom.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds the histories of single rows in the topics.
///
/// A row whose whole key is known stands in one partition, so only that one is read. Rows that
/// share a column's value, such as all slices of an asset, may stand anywhere: there each record's
/// bytes are searched for the value, and only what contains it is looked at.
public final class KeyLookup {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final TopicReader reader;
    private long records;

    public KeyLookup(TopicReader reader) {
        this.reader = reader;
    }

    /// How many records were read so far.
    public long records() {
        return records;
    }

    /// Reads a key as people write it: JSON, or its values with slashes between them. The names
    /// come from a key that is in the topic.
    ///
    /// @return empty when the topic has no key to learn them from
    /// @throws IllegalArgumentException when it does not fit the table's key
    public Optional<ObjectNode> key(String table, String text) {
        Optional<ObjectNode> model = keyModel(table);
        if (model.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = List.copyOf(model.get().propertyNames());
        ObjectNode key = StreamJson.MAPPER.createObjectNode();
        if (text.startsWith("{")) {
            JsonNode given = json(text);
            names.forEach(name -> key.set(name, given.get(name)));
            if (given.size() != names.size() || key.values().stream().anyMatch(v -> v == null)) {
                throw unfit(table, names, text);
            }
            return Optional.of(key);
        }
        String[] values = text.split("/", names.size());
        if (values.length != names.size()) {
            throw unfit(table, names, text);
        }
        for (int i = 0; i < values.length; i++) {
            String name = names.get(i);
            if (model.get().path(name).isNumber()) {
                key.set(name, json(values[i]));
            } else {
                key.put(name, values[i]);
            }
        }
        return Optional.of(key);
    }

    private static JsonNode json(String text) {
        try {
            return StreamJson.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a key: " + text, e);
        }
    }

    private static IllegalArgumentException unfit(String table, List<String> names, String text) {
        return new IllegalArgumentException(
                "the key of %s is %s: %s".formatted(table, String.join("/", names), text));
    }

    private Optional<ObjectNode> keyModel(String table) {
        reader.assign(List.of(ChangeRecord.TOPIC_PREFIX + table));
        for (ConsumerRecord<byte[], byte[]> record : reader.lastRecords()) {
            byte @Nullable [] key = record.key();
            if (key != null && StreamJson.MAPPER.readTree(key) instanceof ObjectNode model) {
                return Optional.of(model);
            }
        }
        return Optional.empty();
    }

    /// The history of one row; without any change when there is none.
    public RowHistory row(String table, ObjectNode key) {
        String topic = ChangeRecord.TOPIC_PREFIX + table;
        byte[] bytes = key.toString().getBytes(StandardCharsets.UTF_8);
        int partitions = reader.partitions(topic);
        int partition = Utils.toPositive(Utils.murmur2(bytes)) % partitions;
        reader.assign(topic, partition);
        RowHistory history = read(key);
        if (history.isEmpty() && partitions > 1) {
            // The topic got more partitions since, or somebody else chose them.
            reader.assign(List.of(topic));
            history = read(key);
        }
        return history;
    }

    private RowHistory read(ObjectNode key) {
        RowHistory history = new RowHistory();
        String text = key.toString();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reader.endHere();
        while (!reader.isAtEnd()) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(LOOK)) {
                records++;
                byte @Nullable [] found = record.key();
                if (found == null || ByteBuffer.wrap(found).equals(ByteBuffer.wrap(bytes))) {
                    history.add(ChangeRecord.of(record));
                }
            }
        }
        return history;
    }

    /// The histories of all rows of a table that have, or once had, this text in a column.
    ///
    /// @return by key
    public Map<String, RowHistory> rowsWith(String table, String column, String value) {
        reader.assign(List.of(ChangeRecord.TOPIC_PREFIX + table));
        reader.endHere();
        Matches matches = new Matches(column, value);
        while (!reader.isAtEnd()) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(LOOK)) {
                records++;
                matches.look(record);
            }
        }
        return matches.histories();
    }

    /// What belongs to a value, while records pass by.
    private static final class Matches {
        private final String column;
        private final String value;
        private final byte[] needle;
        private final Set<ByteBuffer> keys = new HashSet<>();
        private final Map<ByteBuffer, List<ChangeRecord>> earlyDeletes = new HashMap<>();
        private final Map<String, RowHistory> histories = new TreeMap<>();
        private final List<ChangeRecord> truncations = new ArrayList<>();

        Matches(String column, String value) {
            this.column = column;
            this.value = value;
            this.needle = value.getBytes(StandardCharsets.UTF_8);
        }

        void look(ConsumerRecord<byte[], byte[]> record) {
            byte @Nullable [] keyBytes = record.key();
            if (keyBytes == null) {
                truncations.add(ChangeRecord.of(record));
                return;
            }
            ByteBuffer key = ByteBuffer.wrap(keyBytes);
            if (keys.contains(key)) {
                add(ChangeRecord.of(record));
            } else if (contains(record.value()) || contains(keyBytes)) {
                ChangeRecord change = ChangeRecord.of(record);
                if (has(change.key()) || has(change.row()) || has(change.before())) {
                    keys.add(key);
                    add(change);
                    earlyDeletes.getOrDefault(key, List.of()).forEach(this::add);
                }
            } else if (isDelete(record)) {
                // A repeated record may come before the one that tells whose row this was.
                earlyDeletes
                        .computeIfAbsent(key, _ -> new ArrayList<>())
                        .add(ChangeRecord.of(record));
            }
        }

        private void add(ChangeRecord change) {
            histories.computeIfAbsent(change.keyText(), _ -> new RowHistory()).add(change);
        }

        Map<String, RowHistory> histories() {
            histories.values().forEach(history -> truncations.forEach(history::add));
            return histories;
        }

        private boolean has(@Nullable JsonNode row) {
            return row != null && row.path(column).asString("").equals(value);
        }

        private static boolean isDelete(ConsumerRecord<byte[], byte[]> record) {
            Header op = record.headers().lastHeader("op");
            return op != null && op.value().length == 1 && op.value()[0] == 'd';
        }

        private boolean contains(byte @Nullable [] bytes) {
            if (bytes == null) {
                return false;
            }
            int last = bytes.length - needle.length;
            for (int at = 0; at <= last; at++) {
                if (bytes[at] == needle[0] && matchesAt(bytes, at)) {
                    return true;
                }
            }
            return false;
        }

        private boolean matchesAt(byte[] bytes, int at) {
            for (int i = 1; i < needle.length; i++) {
                if (bytes[at + i] != needle[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
