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
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// Makes topics where they are missing. Existing ones are left as their operator made them.
///
/// The broker's own auto-creation is off: a typing mistake should fail, not make a topic.
public final class Topics {
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
            Collection<String> existing = admin.listTopics().names().get(30, TimeUnit.SECONDS);
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
                awaitLeaders(
                        admin, missing.stream().map(NewTopic::name).toList(), kafka.partitions());
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
    ///
    /// @param partitions of each topic
    public static void awaitLeaders(Admin admin, Collection<String> topics, int partitions)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        admin.listOffsets(ends).all().get(60, TimeUnit.SECONDS);
    }

    private static void awaitMade(KafkaFuture<Void> made)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            made.get(30, TimeUnit.SECONDS);
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
