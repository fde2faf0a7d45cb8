package dev.darkroom.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads all partitions of some topics, without a consumer group and so without a trace on the
/// broker.
///
/// For one thread, but for [#wakeup()]. Not asked for a while it costs nothing and reads no more:
/// what it holds is bounded by the fetch size.
public final class TopicReader implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private Map<TopicPartition, Long> ends = Map.of();

    /// A reader that has nothing to read yet.
    ///
    /// @param clientId the name that the broker sees
    /// @param fetchBytes how much is fetched at once, a larger record always
    public TopicReader(String bootstrapServers, String clientId, int fetchBytes) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.CLIENT_ID_CONFIG,
                                clientId,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                2_000,
                                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                                fetchBytes,
                                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                                Math.max(1 << 20, fetchBytes / 4)),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    /// The topics that are there.
    public Set<String> topics() {
        return new TreeSet<>(consumer.listTopics(ANSWER).keySet());
    }

    /// Takes all partitions of these topics, at their beginnings.
    public void assign(Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : new TreeSet<>(topics)) {
            consumer.partitionsFor(topic, ANSWER)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        assign(partitions);
    }

    /// Takes one partition, at its beginning.
    public void assign(String topic, int partition) {
        assign(List.of(new TopicPartition(topic, partition)));
    }

    private void assign(List<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        ends = Map.of();
    }

    /// How many partitions a topic has.
    public int partitions(String topic) {
        return consumer.partitionsFor(topic, ANSWER).size();
    }

    /// Goes to a place in every partition.
    public void seek(StartAt start) {
        Set<TopicPartition> partitions = consumer.assignment();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, ANSWER);
        Map<TopicPartition, Long> last = consumer.endOffsets(partitions, ANSWER);
        Map<TopicPartition, @Nullable OffsetAndTimestamp> times = new HashMap<>();
        if (start instanceof StartAt.Time(var time)) {
            Map<TopicPartition, Long> wanted = new HashMap<>();
            partitions.forEach(partition -> wanted.put(partition, time.toEpochMilli()));
            times.putAll(consumer.offsetsForTimes(wanted, ANSWER));
        }
        for (TopicPartition partition : partitions) {
            long begin = first.getOrDefault(partition, 0L);
            long end = last.getOrDefault(partition, 0L);
            OffsetAndTimestamp found = times.get(partition);
            consumer.seek(
                    partition,
                    switch (start) {
                        case StartAt.Beginning _ -> begin;
                        case StartAt.End _ -> end;
                        case StartAt.Offset(long offset) -> Math.clamp(offset, begin, end);
                        case StartAt.Time _ -> found == null ? end : found.offset();
                    });
        }
    }

    /// Goes to where somebody left off, or before it where records have to be looked at again.
    ///
    /// @throws PositionGone when what comes next there is no longer, or not yet, in the topic
    public void seek(Position position) {
        Set<TopicPartition> partitions = consumer.assignment();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, ANSWER);
        Map<TopicPartition, Long> last = consumer.endOffsets(partitions, ANSWER);
        for (TopicPartition partition : partitions) {
            long begin = first.getOrDefault(partition, 0L);
            long end = last.getOrDefault(partition, 0L);
            long next = position.next(partition.topic(), partition.partition());
            if (next < begin || next > end) {
                throw new PositionGone(partition, next, begin, end);
            }
            long again = position.again(partition.topic(), partition.partition());
            consumer.seek(partition, Math.max(begin, next - again));
        }
    }

    /// The oldest record of every partition that has one.
    public List<ConsumerRecord<byte[], byte[]>> firstRecords() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Set<TopicPartition> partitions = consumer.assignment();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, ANSWER);
        Map<TopicPartition, Long> last = consumer.endOffsets(partitions, ANSWER);
        Set<TopicPartition> waiting = new HashSet<>(partitions);
        waiting.removeIf(
                partition ->
                        first.getOrDefault(partition, 0L).equals(last.getOrDefault(partition, 0L)));
        consumer.seekToBeginning(partitions);
        while (!waiting.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(ANSWER)) {
                if (waiting.remove(new TopicPartition(record.topic(), record.partition()))) {
                    records.add(record);
                }
            }
        }
        return records;
    }

    /// The last record of every partition that has one.
    public List<ConsumerRecord<byte[], byte[]>> lastRecords() {
        Set<TopicPartition> partitions = consumer.assignment();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, ANSWER);
        endHere();
        for (TopicPartition partition : partitions) {
            long last = ends.getOrDefault(partition, 0L) - 1;
            consumer.seek(partition, Math.max(first.getOrDefault(partition, 0L), last));
        }
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (!isAtEnd()) {
            records.addAll(poll(ANSWER));
        }
        ends = Map.of();
        return records;
    }

    /// The next offset of every partition.
    public Position position() {
        SortedMap<String, SortedMap<Integer, Long>> next = new TreeMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            next.computeIfAbsent(partition.topic(), _ -> new TreeMap<>())
                    .put(partition.partition(), consumer.position(partition, ANSWER));
        }
        return new Position(next);
    }

    /// From now on, nothing that is published after this call is read.
    public void endHere() {
        ends = consumer.endOffsets(consumer.assignment(), ANSWER);
    }

    /// Whether everything before [#endHere()] has been read.
    public boolean isAtEnd() {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
    }

    /// What is there next; empty when nothing came in this time, or on [#wakeup()].
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration wait) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
                if (ends.isEmpty() || record.offset() < end(record)) {
                    records.add(record);
                }
            }
        } catch (WakeupException e) {
            // The caller looks why: it asked for this itself.
            return records;
        }
        return records;
    }

    private long end(ConsumerRecord<byte[], byte[]> record) {
        return ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
    }

    /// The oldest offset of each topic's partitions, by topic: above 0 where Kafka has dropped
    /// something.
    public Map<String, Long> dropped() {
        Map<String, Long> dropped = new TreeMap<>();
        consumer.beginningOffsets(consumer.assignment(), ANSWER)
                .forEach((partition, begin) -> dropped.merge(partition.topic(), begin, Long::sum));
        return dropped;
    }

    /// Ends a [#poll(Duration)] that is waiting. From any thread.
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    /// A place to read on from that the topic does not have.
    public static final class PositionGone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PositionGone(TopicPartition partition, long next, long begin, long end) {
            super(
                    "%s has offsets %d to %d, and the position says %d: the topic was made again or has expired; start again with from=beginning"
                            .formatted(partition, begin, end, next));
        }
    }
}
