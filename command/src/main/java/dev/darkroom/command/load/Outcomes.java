package dev.darkroom.command.load;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.delivery.DeliveryHeaders;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.schema.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Hears what becomes of submitted files: `asset-changed` and ingest-service's dead letters.
///
/// Opened before the first submission, it stands at the end of those topics and misses nothing that
/// comes after. For one thread.
final class Outcomes implements AutoCloseable {
    private static final String DEAD_LETTERS = Topic.ASSET_SUBMITTED.deadLetterTopic("ingest");
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventCodec codec = new EventCodec();

    private Outcomes(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /// Takes its place at the end of the topics.
    ///
    /// @throws CommandFailed when Kafka does not answer, or the topics are not there
    static Outcomes open(String bootstrapServers) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.CLIENT_ID_CONFIG,
                                "darkroom-import",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions =
                    partitions(consumer.listTopics(ANSWER), bootstrapServers);
            consumer.assign(partitions);
            consumer.endOffsets(partitions, ANSWER).forEach(consumer::seek);
            return new Outcomes(consumer);
        } catch (KafkaException e) {
            consumer.close();
            throw CommandFailed.notRunning("Kafka does not answer at " + bootstrapServers, e);
        } catch (CommandFailed e) {
            consumer.close();
            throw e;
        }
    }

    private static List<TopicPartition> partitions(
            Map<String, List<PartitionInfo>> topics, String bootstrapServers) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(Topic.ASSET_CHANGED.wireName(), DEAD_LETTERS)) {
            List<PartitionInfo> found = topics.get(topic);
            if (found == null) {
                throw CommandFailed.notRunning(
                        "Kafka at " + bootstrapServers + " has no topic " + topic, null);
            }
            found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }

    /// Waits for outcomes and tells each.
    ///
    /// @return how many records came, outcomes or not
    int poll(Duration atMost, BiConsumer<UUID, Outcome> listener) {
        var records = consumer.poll(atMost);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            assetId(record)
                    .ifPresent(
                            id ->
                                    outcome(record)
                                            .ifPresent(outcome -> listener.accept(id, outcome)));
        }
        return records.count();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private Optional<Outcome> outcome(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(DEAD_LETTERS)) {
            String reason = EventCodec.header(record.headers(), DeliveryHeaders.REASON);
            return Optional.of(
                    new Outcome.Refused(Objects.requireNonNullElse(reason, "no reason given")));
        }
        try {
            return Outcome.of(codec.decode(record));
        } catch (GiveUp e) {
            // A kind of event that this version does not know, so no outcome of ours.
            return Optional.empty();
        }
    }

    private static Optional<UUID> assetId(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(new String(record.key(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            // Somebody else's key: ours are UUIDs.
            return Optional.empty();
        }
    }
}
