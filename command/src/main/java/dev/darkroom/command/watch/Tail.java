package dev.darkroom.command.watch;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads topics and writes each record as a line of JSON, without leaving a trace on the broker.
public final class Tail implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordLine line = new RecordLine();

    public Tail(String bootstrapServers) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.CLIENT_ID_CONFIG,
                                "darkroom-tail",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                2_000),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    /// The topics that a person may mean.
    ///
    /// @param named these, each of which has to be there; all `cdc.*` when there is none
    public List<TopicPartition> partitions(Collection<String> named) {
        Map<String, List<PartitionInfo>> topics;
        try {
            topics = consumer.listTopics(ANSWER);
        } catch (KafkaException e) {
            throw CommandFailed.notRunning("Kafka does not answer", e);
        }
        Predicate<String> isChange = topic -> topic.startsWith("cdc.");
        for (String name : named) {
            if (!topics.containsKey(name)) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "there is no topic "
                                + name
                                + "\nthere are: "
                                + String.join(" ", new TreeSet<>(topics.keySet())));
            }
        }
        List<TopicPartition> partitions = new ArrayList<>();
        topics.forEach(
                (topic, infos) -> {
                    if (named.isEmpty() ? isChange.test(topic) : named.contains(topic)) {
                        infos.forEach(
                                info ->
                                        partitions.add(
                                                new TopicPartition(topic, info.partition())));
                    }
                });
        if (partitions.isEmpty()) {
            throw new CommandFailed(ExitCode.FAILED, "there are no cdc.* topics yet");
        }
        return partitions;
    }

    /// Reads from a place on.
    ///
    /// @param from where in each partition
    /// @param limit how many records at the most
    /// @param exitAtEnd whether to end where the topics end now
    public void run(
            List<TopicPartition> partitions,
            TailFrom from,
            OptionalLong limit,
            boolean exitAtEnd,
            OutputStream out)
            throws IOException {
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ANSWER);
        Map<TopicPartition, Long> next = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long start =
                    from.offset(
                            begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L));
            consumer.seek(partition, start);
            next.put(partition, start);
        }
        long left = limit.orElse(Long.MAX_VALUE);
        while (left > 0 && !(exitAtEnd && isAtEnd(next, ends))) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(LOOK);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                boolean isNew = exitAtEnd && record.offset() >= ends.getOrDefault(partition, 0L);
                if (left > 0 && !isNew) {
                    out.write(line.of(record));
                    left--;
                }
            }
            // Everything that came is out before the next wait.
            out.flush();
            partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
        }
    }

    private static boolean isAtEnd(Map<TopicPartition, Long> next, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
