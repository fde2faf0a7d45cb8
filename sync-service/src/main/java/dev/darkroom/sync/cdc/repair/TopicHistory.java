package dev.darkroom.sync.cdc.repair;

import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.schema.Table;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// All that a topic says of a few rows: the close look, as any reader of the topic takes it. It
/// reads the topic once from end to end, so it is for rows that something is suspected of.
final class TopicHistory {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final Map<Long, Changes> rows = new HashMap<>();
    private final JsonDigest digests = new JsonDigest();
    private long truncatedAt;

    private TopicHistory() {}

    /// What the changes of one row come to.
    ///
    /// @param lsn of the latest
    /// @param row as it is after it, or null when it is gone
    /// @param digest of that row
    record Last(RowKey key, long lsn, @Nullable ObjectNode row, long digest) {}

    private record Changes(RowKey key, NavigableMap<Long, byte[]> byLsn) {}

    /// @param wanted the digests of the keys
    static TopicHistory read(KafkaProperties kafka, Table table, Set<Long> wanted) {
        TopicHistory history = new TopicHistory();
        try (Consumer<byte[], byte[]> consumer =
                TopicFollower.consumer(kafka, "cdc-reconciler-history")) {
            List<TopicPartition> partitions =
                    TopicFollower.partitions(consumer, table.changeTopic());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> history.add(record, wanted));
            }
        }
        return history;
    }

    private void add(ConsumerRecord<byte[], byte[]> record, Set<Long> wanted) {
        long lsn = Long.parseLong(TopicDigest.header(record, "lsn"));
        byte[] key = record.key();
        if (key == null) {
            truncatedAt = Math.max(truncatedAt, lsn);
            return;
        }
        long digest = digests.ofKey(key);
        if (wanted.contains(digest)) {
            rows.computeIfAbsent(digest, _ -> new Changes(RowKey.of(key, digests), new TreeMap<>()))
                    .byLsn()
                    .put(lsn, record.value());
        }
    }

    /// What the topic says of a row, or null when it never heard of it.
    @Nullable Last last(long key) {
        Changes changes = rows.get(key);
        if (changes == null) {
            return null;
        }
        ObjectNode row = null;
        Map<String, Long> columns = Map.of();
        for (byte[] change : changes.byLsn().tailMap(truncatedAt, false).values()) {
            JsonNode tree = JSON.readTree(change);
            columns = applied(columns, tree, change);
            row = applied(row, tree);
        }
        long lsn = Math.max(truncatedAt, changes.byLsn().lastKey());
        long digest = columns.values().stream().mapToLong(column -> column).sum();
        return new Last(changes.key(), lsn, row, digest);
    }

    /// A value that a change leaves out is the one before.
    private static @Nullable ObjectNode applied(@Nullable ObjectNode before, JsonNode change) {
        if (!(change.get("after") instanceof ObjectNode after)) {
            return null;
        }
        if (before != null) {
            for (JsonNode column : change.path("unchanged")) {
                JsonNode left = before.get(column.asString());
                if (left != null) {
                    after.set(column.asString(), left);
                }
            }
        }
        return after;
    }

    /// The same for the digests, which are made of the digits as they stand.
    private Map<String, Long> applied(Map<String, Long> before, JsonNode change, byte[] json) {
        Map<String, Long> after = digests.ofColumns(json);
        for (JsonNode column : change.path("unchanged")) {
            Long left = before.get(column.asString());
            if (left != null) {
                after.put(column.asString(), left);
            }
        }
        return after;
    }
}
