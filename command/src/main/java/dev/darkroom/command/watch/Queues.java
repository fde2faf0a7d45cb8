package dev.darkroom.command.watch;

import dev.darkroom.command.CommandFailed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Counts what waits before each consumer and what was given up on, in a few calls to Kafka.
final class Queues implements AutoCloseable {
    private static final int ANSWER_SECONDS = 10;

    private final String bootstrapServers;
    private final Admin admin;

    Queues(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                AdminClientConfig.CLIENT_ID_CONFIG,
                                "darkroom-status",
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                10_000,
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                5_000));
    }

    /// What waits, by consumer and topic.
    List<Queue> waiting() {
        List<String> groups =
                get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
                        .map(GroupListing::groupId)
                        .toList();
        Map<String, ConsumerGroupDescription> descriptions =
                get(admin.describeConsumerGroups(groups).all());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> positions =
                get(
                        admin.listConsumerGroupOffsets(
                                        groups.stream()
                                                .collect(
                                                        Collectors.toMap(
                                                                Function.identity(),
                                                                _ ->
                                                                        new ListConsumerGroupOffsetsSpec())))
                                .all());
        Map<String, Set<String>> read = topicsRead(descriptions, positions);
        Map<TopicPartition, Long> ends =
                offsets(partitions(read.values().stream().flatMap(Set::stream).toList()), true);
        List<Queue> queues = new ArrayList<>();
        read.forEach(
                (group, topics) ->
                        topics.forEach(
                                topic ->
                                        queues.add(
                                                new Queue(
                                                        group,
                                                        topic,
                                                        lag(
                                                                topic,
                                                                positions.getOrDefault(
                                                                        group, Map.of()),
                                                                ends),
                                                        members(descriptions.get(group))))));
        queues.sort(Comparator.comparing(Queue::consumer).thenComparing(Queue::topic));
        return List.copyOf(queues);
    }

    /// How many dead letters there are, by topic; topics without one too.
    Map<String, Long> deadLetters() {
        List<String> topics =
                get(admin.listTopics().names()).stream().filter(t -> t.endsWith(".dlt")).toList();
        List<TopicPartition> partitions = partitions(topics);
        Map<TopicPartition, Long> begins = offsets(partitions, false);
        Map<TopicPartition, Long> ends = offsets(partitions, true);
        Map<String, Long> counts = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            long records = ends.getOrDefault(partition, 0L) - begins.getOrDefault(partition, 0L);
            counts.merge(partition.topic(), records, Long::sum);
        }
        return counts;
    }

    private static Map<String, Set<String>> topicsRead(
            Map<String, ConsumerGroupDescription> descriptions,
            Map<String, Map<TopicPartition, OffsetAndMetadata>> positions) {
        Map<String, Set<String>> read = new TreeMap<>();
        descriptions.forEach(
                (group, description) -> {
                    Set<String> topics =
                            description.members().stream()
                                    .flatMap(m -> m.assignment().topicPartitions().stream())
                                    .map(TopicPartition::topic)
                                    .collect(Collectors.toSet());
                    positions
                            .getOrDefault(group, Map.of())
                            .keySet()
                            .forEach(partition -> topics.add(partition.topic()));
                    read.put(group, topics);
                });
        return read;
    }

    private static int members(@Nullable ConsumerGroupDescription group) {
        return group == null ? 0 : group.members().size();
    }

    private static long lag(
            String topic,
            Map<TopicPartition, OffsetAndMetadata> positions,
            Map<TopicPartition, Long> ends) {
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (end.getKey().topic().equals(topic)) {
                OffsetAndMetadata position = positions.get(end.getKey());
                lag += Math.max(0, end.getValue() - (position == null ? 0 : position.offset()));
            }
        }
        return lag;
    }

    private List<TopicPartition> partitions(Collection<String> topics) {
        Map<String, TopicDescription> descriptions =
                get(admin.describeTopics(Set.copyOf(topics)).allTopicNames());
        return descriptions.values().stream()
                .flatMap(
                        topic ->
                                topic.partitions().stream()
                                        .map(p -> new TopicPartition(topic.name(), p.partition())))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, boolean end) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(p -> wanted.put(p, end ? OffsetSpec.latest() : OffsetSpec.earliest()));
        Map<TopicPartition, ListOffsetsResultInfo> found = get(admin.listOffsets(wanted).all());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw CommandFailed.notRunning("Kafka does not answer at " + bootstrapServers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.notRunning("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ZERO);
    }
}
