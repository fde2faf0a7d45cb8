package dev.darkroom.delivery;

import dev.darkroom.schema.Topic;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Makes topics where they are missing. Existing ones are left as their operator made them.
///
/// The broker's own auto-creation is off: a typing mistake should fail, not make a topic.
public final class Topics {
    private static final int SECONDS = 30;

    private final KafkaProperties kafka;

    public Topics(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /// Makes the topics that carry events.
    public void ensureEventTopics() {
        ensure(Arrays.stream(Topic.values()).map(Topic::wireName).toList());
    }

    /// Makes these topics. Nothing on them expires: a consumer added later starts at the beginning.
    ///
    /// @throws DependencyDown when Kafka does not answer
    public void ensure(Collection<String> names) {
        try (Admin admin = Admin.create(kafka.adminConfig())) {
            Collection<String> existing = admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
            List<NewTopic> missing =
                    names.stream()
                            .distinct()
                            .filter(name -> !existing.contains(name))
                            .map(this::newTopic)
                            .toList();
            if (!missing.isEmpty()) {
                for (var made : admin.createTopics(missing).values().values()) {
                    awaitMade(made);
                }
                awaitLeaders(admin, missing.stream().map(NewTopic::name).toList());
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new DependencyDown("Kafka did not make the topics " + names, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DependencyDown("interrupted while making topics", e);
        }
    }

    /// Waits until the leader of every partition of these topics answers.
    ///
    /// A topic is made before its leaders know it. A producer that sends several batches into that
    /// gap can have its first one refused and a later one taken; then the first is out of order for
    /// good, and nothing moves until its delivery times out.
    public static void awaitLeaders(Admin admin, Collection<String> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription topic : awaitDescriptions(admin, topics)) {
            topic.partitions()
                    .forEach(
                            partition ->
                                    ends.put(
                                            new TopicPartition(topic.name(), partition.partition()),
                                            OffsetSpec.latest()));
        }
        admin.listOffsets(ends).all().get(SECONDS, TimeUnit.SECONDS);
    }

    /// What was just made is unknown to some brokers for a moment.
    private static Collection<TopicDescription> awaitDescriptions(
            Admin admin, Collection<String> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (true) {
            try {
                return admin.describeTopics(topics)
                        .allTopicNames()
                        .get(SECONDS, TimeUnit.SECONDS)
                        .values();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    private static void awaitMade(KafkaFuture<Void> made)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            made.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // Another service made it between our look and our call.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private NewTopic newTopic(String name) {
        return new NewTopic(name, kafka.partitions(), kafka.replicationFactor())
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
    }
}
