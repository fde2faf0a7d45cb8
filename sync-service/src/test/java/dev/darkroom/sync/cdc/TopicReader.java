package dev.darkroom.sync.cdc;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads topics from their beginnings to what are their ends at the call. Tests look often, so its
/// one consumer stays, also while the broker restarts. For one thread.
final class TopicReader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicReader(String bootstrapServers) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                5_000),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    void read(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        List<TopicPartition> all = partitions(topics);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(all);
        // Only what has records, so that nothing has to be asked or waited for.
        consumer.assign(all.stream().filter(p -> offset(ends, p) > offset(begins, p)).toList());
        Set<TopicPartition> assigned = consumer.assignment();
        assigned.forEach(p -> consumer.seek(p, offset(begins, p)));
        while (assigned.stream().anyMatch(p -> consumer.position(p) < offset(ends, p))) {
            consumer.poll(Duration.ofMillis(200)).forEach(each);
        }
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    long count(String topic) {
        return consumer.endOffsets(partitions(List.of(topic))).values().stream()
                .mapToLong(end -> end)
                .sum();
    }

    private List<TopicPartition> partitions(Collection<String> topics) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
