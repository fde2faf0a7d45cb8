package dev.darkroom.sync.cdc;

import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.delivery.Topics;
import dev.darkroom.schema.Table;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// The topics of the change streams. They never expire, so that any table can be rebuilt from them.
final class ChangeTopics {
    private static final long TIMEOUT_SECONDS = 15;

    private final KafkaProperties kafka;
    private final CdcProperties settings;

    ChangeTopics(KafkaProperties kafka, CdcProperties settings) {
        this.kafka = kafka;
        this.settings = settings;
    }

    /// Makes what is missing, the outbox's topics too; leaves what is there as it is.
    ///
    /// @return whether a topic of changes already holds records
    boolean prepare() throws InterruptedException {
        new Topics(kafka).ensureEventTopics();
        try (Admin admin = admin()) {
            List<String> names = Arrays.stream(Table.values()).map(Table::changeTopic).toList();
            Set<String> existing = await(admin.listTopics().names());
            create(admin, names.stream().filter(name -> !existing.contains(name)).toList());
            return hasRecords(admin, names.stream().filter(existing::contains).toList());
        } catch (ExecutionException | TimeoutException e) {
            throw new StreamFailed("Kafka did not make the topics of the change streams", e);
        }
    }

    private void create(Admin admin, List<String> names)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, String> config =
                Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Long.toString(settings.maxRecordSize().toBytes()));
        List<NewTopic> topics =
                names.stream()
                        .map(
                                name ->
                                        new NewTopic(
                                                name,
                                                kafka.partitions(),
                                                kafka.replicationFactor()))
                        .map(topic -> topic.configs(config))
                        .toList();
        for (var made : admin.createTopics(topics).values().values()) {
            try {
                await(made);
            } catch (ExecutionException e) {
                // Another instance made it between our look and our call.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        Topics.awaitLeaders(admin, names);
    }

    private static boolean hasRecords(Admin admin, Collection<String> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, TopicDescription> descriptions =
                await(admin.describeTopics(topics).allTopicNames());
        Map<TopicPartition, OffsetSpec> ends =
                descriptions.values().stream()
                        .flatMap(
                                topic ->
                                        topic.partitions().stream()
                                                .map(
                                                        p ->
                                                                new TopicPartition(
                                                                        topic.name(),
                                                                        p.partition())))
                        .collect(
                                Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return await(admin.listOffsets(ends).all()).values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .anyMatch(end -> end > 0);
    }

    private static <T> T await(KafkaFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private Admin admin() {
        return Admin.create(
                Map.of(
                        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        CommonClientConfigs.CLIENT_ID_CONFIG,
                        "cdc-topics"));
    }
}
