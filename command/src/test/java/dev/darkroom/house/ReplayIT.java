package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.schema.Table;
import dev.darkroom.schema.Topic;
import dev.darkroom.sync.cdc.Rebuild;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/// Kafka delivers at least once, and in no order across keys. Nobody may notice.
class ReplayIT {
    private final House house = House.shared();

    @Test
    void eachEventThreeTimesShuffledLeavesIdenticalTables() throws Exception {
        // given
        List<Path> photos = Photos.many(house.folder("replay"), 30, 7);
        try (Uploader uploader = new Uploader(house.running().kafka())) {
            for (Path photo : photos) {
                uploader.submit(EventCodec.newId(), photo).join();
            }
            uploader.submit(EventCodec.newId(), photos.getFirst()).join();
        }
        await().atMost(Duration.ofMinutes(3))
                .until(
                        () ->
                                house.query(
                                                        "select asset_id from assets where original_filename like 'photo-%' and ready_version = 1")
                                                .size()
                                        == photos.size());
        awaitNoLag();
        assertThat(house.query("select asset_id from embeddings")).hasSizeGreaterThanOrEqualTo(30);
        Map<String, List<String>> before = tables();

        // when
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (topic != Topic.ASSET_CHANGED) {
                all.addAll(house.records(topic.wireName(), _ -> true));
            }
        }
        List<ConsumerRecord<byte[], byte[]>> thrice = new ArrayList<>(all);
        thrice.addAll(all);
        thrice.addAll(all);
        Collections.shuffle(thrice, new Random(11));
        publishAgain(thrice);
        awaitNoLag();

        // then
        assertThat(tables()).isEqualTo(before);
        try (Connection connection = house.database()) {
            for (var topic : Rebuild.fromTopics(house.running().kafka()).entrySet()) {
                assertThat(topic.getValue().differences(connection))
                        .as(topic.getKey().tableName())
                        .isEmpty();
            }
        }
    }

    private void publishAgain(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", house.running().kafka()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                sent.add(
                        producer.send(
                                new ProducerRecord<>(
                                        record.topic(),
                                        null,
                                        record.key(),
                                        record.value(),
                                        record.headers())));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    /// Every table as text, updated_at included: what is done again must not even touch a row.
    private Map<String, List<String>> tables() throws Exception {
        Map<String, List<String>> tables = new TreeMap<>();
        for (Table table : Table.values()) {
            String name = table.tableName();
            tables.put(name, house.query("select t::text from " + name + " t order by 1"));
        }
        tables.put("outbox", house.query("select t::text from outbox t order by 1"));
        return tables;
    }

    /// Waits until every consumer has read what there is.
    private void awaitNoLag() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", house.running().kafka()))) {
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            () ->
                                    lag(admin, "ingest") == 0
                                            && lag(admin, "ingest-files") == 0
                                            && lag(admin, "thumbnail") == 0
                                            && lag(admin, "embedding") == 0
                                            && lag(admin, "readiness") == 0);
        }
    }

    private static long lag(Admin admin, String group) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        long lag = 0;
        List<TopicPartition> partitions = new ArrayList<>();
        var names = admin.listTopics().names().get();
        for (String topic : names) {
            if (reads(group, topic)) {
                admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic)
                        .partitions()
                        .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
            }
        }
        for (TopicPartition partition : partitions) {
            long end =
                    admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get()
                            .offset();
            OffsetAndMetadata done = committed.get(partition);
            lag += end - (done == null ? 0 : done.offset());
        }
        return lag;
    }

    private static boolean reads(String group, String topic) {
        return switch (group) {
            case "ingest" -> topic.equals("asset-submitted");
            case "ingest-files" -> topic.equals("file-changed");
            case "thumbnail", "embedding" ->
                    Arrays.asList("asset-created", "asset-created-bulk", "asset-created-backfill")
                            .contains(topic);
            default -> topic.equals("cdc.processing_tasks");
        };
    }
}
