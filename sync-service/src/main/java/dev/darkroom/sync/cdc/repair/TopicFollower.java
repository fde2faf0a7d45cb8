package dev.darkroom.sync.cdc.repair;

import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.schema.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Follows the topics of all tables from their beginning, without a consumer group, and keeps a
/// digest of each.
final class TopicFollower implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final Map<Table, TopicDigest> topics = new EnumMap<>(Table.class);
    private final Map<String, TopicDigest> byTopic = new HashMap<>();

    TopicFollower(KafkaProperties kafka) {
        this.consumer = consumer(kafka, "cdc-reconciler");
        JsonDigest digests = new JsonDigest();
        for (Table table : Table.values()) {
            TopicDigest topic = new TopicDigest(digests);
            topics.put(table, topic);
            byTopic.put(table.changeTopic(), topic);
        }
    }

    /// A consumer that remembers nothing and asks for little at a time.
    static Consumer<byte[], byte[]> consumer(KafkaProperties kafka, String clientId) {
        return new KafkaConsumer<>(
                Map.of(
                        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        CommonClientConfigs.CLIENT_ID_CONFIG,
                        clientId,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        8 << 20,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        512 << 10,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /// Begins at the beginning.
    void start() {
        topics.values().forEach(TopicDigest::clear);
        consumer.assign(
                Arrays.stream(Table.values())
                        .flatMap(table -> partitions(consumer, table.changeTopic()).stream())
                        .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    /// Reads some.
    ///
    /// @return how many records came
    int follow(Duration wait) {
        int records = 0;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            TopicDigest topic = byTopic.get(record.topic());
            if (topic != null) {
                topic.add(record);
                records++;
            }
        }
        return records;
    }

    /// Where the topics end now.
    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(consumer.assignment());
    }

    boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /// How many records are known to be there and not read yet.
    long lag() {
        return consumer.assignment().stream()
                .map(consumer::currentLag)
                .mapToLong(lag -> lag.isPresent() ? lag.getAsLong() : 0)
                .sum();
    }

    TopicDigest topic(Table table) {
        TopicDigest topic = topics.get(table);
        if (topic == null) {
            throw new IllegalArgumentException("a table without a topic: " + table);
        }
        return topic;
    }

    /// How many rows are known.
    long keys() {
        return topics.values().stream().mapToLong(topic -> topic.keys().size()).sum();
    }

    /// About what the digests take.
    long bytes() {
        return topics.values().stream().mapToLong(TopicDigest::bytes).sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
