package dev.darkroom.streams;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Takes each change once, although a topic may hold it again after a crash.
///
/// Every record says what was safely on Kafka when it was sent. A change of before that place was
/// therefore there already, so it is a repeat, however long ago that was; what lies behind the
/// place is remembered by key and LSN until it is settled too. So this is exact, and the memory is
/// what the engine may have in flight. The reasons: decision 0020.
public final class SeenChanges {
    private final Map<TopicPartition, SeenInPartition> partitions = new HashMap<>();
    private long duplicates;

    /// Whether this change has not come before. Records of a partition come in its order.
    ///
    /// @param lsn where the change stands in the log
    public boolean isNew(ConsumerRecord<byte[], byte[]> record, long lsn) {
        boolean isNew =
                partitions
                        .computeIfAbsent(
                                new TopicPartition(record.topic(), record.partition()),
                                _ -> new SeenInPartition())
                        .isNew(record, lsn);
        if (!isNew) {
            duplicates++;
        }
        return isNew;
    }

    /// How many records before an offset have to be seen again by whoever goes on there and is to
    /// know the same.
    ///
    /// @param next the offset after the last record that was seen
    long again(String topic, int partition, long next) {
        SeenInPartition seen = partitions.get(new TopicPartition(topic, partition));
        return seen == null ? 0 : seen.again(next);
    }

    /// How many were not new.
    public long duplicates() {
        return duplicates;
    }
}
