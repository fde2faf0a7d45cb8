package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Role;
import dev.darkroom.schema.Table;
import dev.darkroom.schema.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChangeStreamsIT {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    @TempDir static Path folder;
    private static StreamHouse house;
    private static ChangeStreams stream;

    @BeforeAll
    static void open() throws Exception {
        house = StreamHouse.open(folder);
        stream = house.stream();
        stream.start();
        house.write(Library.repository());
    }

    @AfterAll
    static void close() throws Exception {
        stream.stop();
        house.close();
    }

    @Test
    void leadsAndHasMadeTheSlotOnceStarted() throws Exception {
        assertThat(stream.state()).isInstanceOf(StreamState.Leading.class);
        assertThat(house.query("select plugin from pg_replication_slots")).isEqualTo("pgoutput");
    }

    @Test
    void publishesWhatHappensToARowWithItsTypes() throws Exception {
        // given
        UUID id = UUID.randomUUID();

        // when
        house.write(
                Library.asset(id),
                "update assets set duration_seconds = 1.5, latitude = 48.1, longitude = -11.5, "
                        + "taken_at = '2026-01-02 03:04:05.12+01', rating = 5, specific_metadata ="
                        + " '{\"a\": [1, 2.50], \"b\": {\"c\": null}}' where asset_id = '%s'"
                                .formatted(id),
                "delete from assets where asset_id = '%s'".formatted(id));
        house.awaitPublished();

        // then
        List<ConsumerRecord<byte[], byte[]>> records = changesOf(Table.ASSETS, id);
        assertThat(records).extracting(r -> header(r, "op")).containsExactly("c", "u", "d");
        JsonNode updated = value(records.get(1));
        assertThat(updated.get("before").isNull()).isTrue();
        JsonNode after = updated.get("after");
        assertThat(after.get("asset_id").asString()).isEqualTo(id.toString());
        assertThat(after.get("asset_type").asString()).isEqualTo("photo");
        assertThat(after.get("duration_seconds").toString()).isEqualTo("1.500");
        assertThat(after.get("latitude").toString()).isEqualTo("48.10000000");
        assertThat(after.get("taken_at").asString()).isEqualTo("2026-01-02T02:04:05.120000Z");
        assertThat(after.get("specific_metadata").toString())
                .isEqualTo("{\"a\":[1,2.50],\"b\":{\"c\":null}}");
        assertThat(after.get("liked").isBoolean()).isTrue();
        assertThat(after.get("description").isNull()).isTrue();
        assertThat(after.has("search_vector")).isFalse();
        assertThat(after.has("sort_time")).isFalse();
        JsonNode deleted = value(records.get(2));
        assertThat(deleted.get("before").toString()).isEqualTo("{\"asset_id\":\"" + id + "\"}");
        assertThat(deleted.get("after").isNull()).isTrue();
    }

    @Test
    void tellsWhereEachChangeStandsInTheLog() throws Exception {
        // given
        UUID id = UUID.randomUUID();

        // when
        house.write(Library.asset(id));
        house.awaitPublished();

        // then
        ConsumerRecord<byte[], byte[]> record = changesOf(Table.ASSETS, id).getFirst();
        JsonNode source = value(record).get("source");
        assertThat(header(record, "lsn")).isEqualTo(source.get("lsn").toString());
        assertThat(header(record, "tx")).isEqualTo(source.get("txId").toString());
        assertThat(header(record, "table")).isEqualTo("assets");
        assertThat(source.get("table").asString()).isEqualTo("assets");
        assertThat(source.get("schema").asString()).isEqualTo("public");
        assertThat(source.get("ts_ms").isIntegralNumber()).isTrue();
    }

    @Test
    void publishesEveryCapturedTable() throws Exception {
        // given
        UUID asset = UUID.randomUUID();

        // when
        house.write(
                Library.asset(asset),
                ("insert into asset_files (asset_id, role, storage_path, content_hash, file_size,"
                                + " mime_type, keywords) values ('%s', 'original', 'repo://x/y',"
                                + " 'sha256:%s', 1, 'image/png', '{\"one\",\"tw,o\",NULL}')")
                        .formatted(asset, Library.hash(asset)),
                ("insert into processing_tasks (asset_id, task, asset_version, status) values"
                                + " ('%s', 'thumbnail', 1, 'pending')")
                        .formatted(asset));
        house.writeAs(
                Role.THUMBNAIL,
                ("insert into thumbnails (asset_id, size, asset_version, storage_path,"
                                + " content_hash, file_size, width, height, thumbhash) values ('%s',"
                                + " 'small', 1, 'repo://x/t', 'sha256:%s', 1, 2, 3, '\\xfb00ff')")
                        .formatted(asset, Library.hash(asset)),
                "update processing_tasks set status = 'completed', attempts = 1,"
                        + " processing_duration_seconds = 0.125 where task = 'thumbnail'");
        house.awaitPublished();

        // then
        ConsumerRecord<byte[], byte[]> thumbnail = changesOf(Table.THUMBNAILS, asset).getFirst();
        assertThat(text(thumbnail.key()))
                .isEqualTo("{\"asset_id\":\"" + asset + "\",\"size\":\"small\"}");
        assertThat(value(thumbnail).at("/after/thumbhash").asString()).isEqualTo("+wD/");
        JsonNode file = value(changesOf(Table.ASSET_FILES, asset).getFirst());
        assertThat(file.at("/after/keywords").toString()).isEqualTo("[\"one\",\"tw,o\",null]");
        assertThat(changesOf(Table.PROCESSING_TASKS, asset))
                .extracting(record -> value(record).at("/after/status").asString())
                .containsExactly("pending", "completed");
        assertThat(house.records(Table.REPOSITORIES.changeTopic())).isNotEmpty();
        assertRebuilds();
    }

    @Test
    void leavesOutALargeValueThatAnUpdateDidNotTouch() throws Exception {
        // given
        UUID id = UUID.randomUUID();
        house.write(
                Library.asset(id),
                ("update assets set specific_metadata = (select jsonb_object_agg(i, md5(i::text))"
                                + " from generate_series(1, 3000) i) where asset_id = '%s'")
                        .formatted(id));

        // when
        house.write("update assets set rating = 3 where asset_id = '%s'".formatted(id));
        house.awaitPublished();

        // then
        JsonNode last = value(changesOf(Table.ASSETS, id).getLast());
        assertThat(last.at("/after/rating").asInt()).isEqualTo(3);
        assertThat(last.get("after").has("specific_metadata")).isFalse();
        assertThat(last.get("unchanged").toString()).isEqualTo("[\"specific_metadata\"]");
        assertRebuilds();
    }

    @Test
    void publishesAChangedKeyAsADeleteAndACreation() throws Exception {
        // given
        UUID old = UUID.randomUUID();
        UUID id = UUID.randomUUID();
        house.write(Library.asset(old));

        // when
        house.write("update assets set asset_id = '%s' where asset_id = '%s'".formatted(id, old));
        house.awaitPublished();

        // then
        assertThat(changesOf(Table.ASSETS, old)).extracting(r -> header(r, "op")).endsWith("d");
        assertThat(changesOf(Table.ASSETS, id)).extracting(r -> header(r, "op")).contains("c");
        assertRebuilds();
    }

    @Test
    void publishesALargeValueOnceThoughTheKeyChangesBesideIt() throws Exception {
        // given
        UUID old = UUID.randomUUID();
        UUID id = UUID.randomUUID();
        house.write(
                Library.asset(old),
                ("update assets set specific_metadata = (select jsonb_object_agg(i, md5(i::text))"
                                + " from generate_series(1, 3000) i) where asset_id = '%s'")
                        .formatted(old));

        // when
        house.write("update assets set asset_id = '%s' where asset_id = '%s'".formatted(id, old));
        house.awaitPublished();

        // then
        JsonNode created = value(changesOf(Table.ASSETS, id).getFirst());
        assertThat(created.get("op").asString()).isEqualTo("c");
        assertThat(created.get("unchanged").toString()).isEqualTo("[\"specific_metadata\"]");
        assertRebuilds();
    }

    @Test
    void tellsThatATableWasTruncated() throws Exception {
        // given
        UUID asset = UUID.randomUUID();
        house.write(
                Library.asset(asset),
                ("insert into processing_tasks (asset_id, task, asset_version, status) values"
                                + " ('%s', 'thumbnail', 1, 'pending')")
                        .formatted(asset));

        // when
        house.writeAs(Role.OWNER, "truncate processing_tasks");
        house.awaitPublished();

        // then
        assertThat(house.records(Table.PROCESSING_TASKS.changeTopic()))
                .anyMatch(record -> header(record, "op").equals("t") && record.key() == null);
        assertRebuilds();
    }

    @Test
    void publishesAnOutboxRowAsACloudEventOnItsTopic() throws Exception {
        // given
        UUID asset = UUID.randomUUID();
        UUID event = UUID.randomUUID();

        // when
        house.write(
                Library.outbox(event, Topic.ASSET_CREATED_BULK.wireName(), asset),
                "delete from outbox where id = '%s'".formatted(event));
        house.awaitPublished();

        // then
        ConsumerRecord<byte[], byte[]> record =
                house.records(Topic.ASSET_CREATED_BULK.wireName()).stream()
                        .filter(r -> header(r, "ce_id").equals(event.toString()))
                        .reduce(
                                (_, _) -> {
                                    throw new AssertionError("published twice");
                                })
                        .orElseThrow();
        assertThat(text(record.key())).isEqualTo(asset.toString());
        assertThat(text(record.value())).isEqualTo("{\"n\": 1.50, \"name\": \"ü\"}");
        assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(record, "ce_type")).isEqualTo("asset.created.v1");
        assertThat(header(record, "ce_source")).isEqualTo("darkroom/ingest-service");
        assertThat(header(record, "ce_subject")).isEqualTo(asset.toString());
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        assertThat(OffsetDateTime.parse(header(record, "ce_time")))
                .isBeforeOrEqualTo(OffsetDateTime.now(ZoneOffset.UTC));
    }

    @Test
    void publishesNothingOfATransactionThatRolledBack() throws Exception {
        // given
        UUID id = UUID.randomUUID();

        // when
        try (Connection connection = house.connect(Role.INGEST);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(Library.asset(id));
            statement.execute(
                    Library.outbox(UUID.randomUUID(), Topic.ASSET_CREATED.wireName(), id));
            connection.rollback();
        }
        house.write(Library.asset(UUID.randomUUID()));
        house.awaitPublished();

        // then
        assertThat(changesOf(Table.ASSETS, id)).isEmpty();
        assertThat(house.records(Topic.ASSET_CREATED.wireName()))
                .noneMatch(record -> text(record.key()).equals(id.toString()));
    }

    @Test
    void publishesEveryRowOfACopyThoughManyShareALogPosition() throws Exception {
        // when
        house.copy(Library.COPY_REPOSITORIES, Library.repositoryLines(2_000));
        house.write(Library.assets(1_000));
        house.awaitPublished();

        // then
        List<ConsumerRecord<byte[], byte[]>> copied =
                house.records(Table.REPOSITORIES.changeTopic());
        assertThat(copied.stream().map(record -> header(record, "lsn")).distinct().count())
                .isLessThan(copied.size() / 10);
        assertRebuilds();
    }

    private static void assertRebuilds() throws Exception {
        try (Connection connection = house.connectAsAdmin()) {
            for (var topic : Rebuild.fromTopics(house.kafka().bootstrapServers()).entrySet()) {
                assertThat(topic.getValue().differences(connection))
                        .as(topic.getKey().tableName())
                        .isEmpty();
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> changesOf(Table table, UUID asset) {
        return house.records(table.changeTopic()).stream()
                .filter(r -> text(r.value()).contains("\"asset_id\":\"" + asset + "\""))
                .toList();
    }

    private static JsonNode value(ConsumerRecord<byte[], byte[]> record) {
        return JSON.readTree(record.value());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
