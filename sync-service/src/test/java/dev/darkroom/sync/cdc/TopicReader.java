package dev.darkroom.sync.cdc;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads topics from their beginnings to what are their ends at the call.
final class TopicReader {
    private TopicReader() {}

    static void read(
            String bootstrapServers,
            Collection<String> topics,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (KafkaConsumer<byte[], byte[]> consumer = open(bootstrapServers, topics)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(consumer.assignment());
            // Only what has records, so that nothing has to be asked or waited for.
            consumer.assign(
                    ends.keySet().stream().filter(p -> ends.get(p) > begins.get(p)).toList());
            consumer.assignment().forEach(p -> consumer.seek(p, begins.get(p)));
            while (consumer.assignment().stream()
                    .anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(each);
            }
        }
    }

    static long count(String bootstrapServers, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = open(bootstrapServers, List.of(topic))) {
            return consumer.endOffsets(consumer.assignment()).values().stream()
                    .mapToLong(end -> end)
                    .sum();
        }
    }

    private static KafkaConsumer<byte[], byte[]> open(
            String bootstrapServers, Collection<String> topics) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                5_000),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(
                topics.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList());
        return consumer;
    }
}
