package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Table;
import dev.darkroom.schema.Table.OldRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Real records of every table are what the committed schemas say, and nothing secret is among
/// them.
class StreamRecordsIT {
    private static final String CANARY = "canary-3f9d1c";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    @TempDir static Path folder;
    private static final Map<Table, List<JsonNode>> VALUES = new EnumMap<>(Table.class);
    private static final Map<Table, List<JsonNode>> KEYS = new EnumMap<>(Table.class);
    private static final Map<Table, List<String>> DIFFERENCES = new EnumMap<>(Table.class);
    private static final List<String> TEXTS = new ArrayList<>();

    /// Each table sees an insert, an update and a delete, in a database where somebody put secrets.
    @BeforeAll
    static void collect() throws Exception {
        try (StreamHouse house = StreamHouse.open(folder)) {
            ChangeStreams stream = house.stream();
            stream.start();
            plantSecrets(house);
            EveryTable.write(house);
            EveryTable.update(house);
            house.administer("update albums set name = 'After'");
            house.administer("update file_records set file_path = 'b.jpg'");
            house.awaitPublished();
            compareTables(house);
            EveryTable.delete(house);
            house.awaitPublished();
            stream.stop();
            house.changes().forEach(StreamRecordsIT::keep);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordIsWhatItsSchemaSays(Table table) {
        StreamSchemas schema = StreamSchemas.of(table);

        assertThat(values(table)).extracting(value -> value.get("op").asString()).contains("c");
        assertThat(values(table)).allSatisfy(v -> assertThat(schema.complaints(v)).isEmpty());
        assertThat(keys(table))
                .allSatisfy(key -> assertThat(schema.complaintsAboutKey(key)).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void everyTableTellsItsUpdatesAndDeletes(Table table) {
        assertThat(values(table))
                .extracting(value -> value.get("op").asString())
                .contains(
                        EveryTable.NEVER_UPDATED.contains(table)
                                ? new String[] {"d"}
                                : new String[] {"u", "d"});
    }

    @ParameterizedTest
    @EnumSource
    void noRecordHasAColumnThatTheSchemaDoesNotKnow(Table table) {
        List<String> columns = StreamSchemas.of(table).columns();

        assertThat(values(table))
                .allSatisfy(
                        value -> {
                            assertThat(columns).containsAll(value.get("after").propertyNames());
                            assertThat(columns).containsAll(value.get("before").propertyNames());
                        });
    }

    @ParameterizedTest
    @EnumSource
    void aRecordThatLacksAColumnIsNoticed(Table table) {
        // given
        StreamSchemas schema = StreamSchemas.of(table);
        ObjectNode value = (ObjectNode) values(table).getFirst().deepCopy();
        ObjectNode after = (ObjectNode) value.get("after");

        // when
        after.remove(schema.columns().getLast());

        // then
        assertThat(schema.complaints(value)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theTopicRebuildsTheTable(Table table) {
        assertThat(DIFFERENCES.get(table)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatAChangeShowsOfTheOldRowIsWhatTheTablePromises(Table table) {
        int columns = StreamSchemas.of(table).columns().size();
        for (JsonNode value : values(table)) {
            int shown = value.get("before").size();
            switch (value.get("op").asString()) {
                case "u" -> assertThat(shown).isEqualTo(isWhole(table) ? columns : 0);
                case "d" -> {
                    int key = keys(table).getFirst().size();
                    assertThat(shown).isEqualTo(isWhole(table) ? columns : key);
                }
                default -> assertThat(shown).isZero();
            }
        }
    }

    @Test
    void anAnalystSeesWhatAnAlbumWasCalledAndWhereAFileLay() {
        JsonNode album = values(Table.ALBUMS).get(2);
        JsonNode file = values(Table.FILE_RECORDS).get(2);

        assertThat(album.at("/before/name").asString()).isEqualTo("Before");
        assertThat(album.at("/after/name").asString()).isEqualTo("After");
        assertThat(file.at("/before/file_path").asString()).isEqualTo("a\\xff.jpg");
        assertThat(file.at("/after/file_path").asString()).isEqualTo("b.jpg");
    }

    @Test
    void valuesKeepTheirFormOnTheWire() {
        JsonNode embedding = created(Table.EMBEDDINGS).get("embedding");

        assertThat(embedding.toString()).isEqualTo("[0.5,-0.25,1.5]");
        assertThat(created(Table.EVENTS).get("event_date").asString()).isEqualTo("2026-01-01");
        assertThat(values(Table.PEOPLE))
                .extracting(value -> value.at("/after/birthdate").asString(""))
                .contains("1815-12-10", "");
        assertThat(created(Table.FACES).get("box_left").toString()).isEqualTo("0.10000");
        assertThat(created(Table.SETTINGS).get("value").toString()).isEqualTo("\"dark\"");
        assertThat(created(Table.FACES).get("landmarks").toString()).isEqualTo("[[0.1,0.2]]");
        assertThat(created(Table.ASSET_FILES).get("keywords").toString())
                .isEqualTo("[\"one\",null]");
    }

    @Test
    void aLargeValueThatAnUpdateLeftAloneIsNamedAndNotShown() {
        JsonNode updated = values(Table.DEPTH_MAPS).get(1);

        assertThat(updated.get("unchanged").toString()).isEqualTo("[\"processing_params\"]");
        assertThat(updated.get("after").has("processing_params")).isFalse();
    }

    @Test
    void noSecretOfTheDatabaseIsOnAnyTopic() {
        assertThat(TEXTS).isNotEmpty();
        assertThat(TEXTS).noneMatch(text -> text.contains(CANARY));
        assertThat(TEXTS).noneMatch(text -> text.contains("password_hash"));
    }

    private static void plantSecrets(StreamHouse house) throws Exception {
        for (String table : List.of("users", "assets", "repositories")) {
            house.administer(
                    "alter table %s add column password_hash text default '%s'"
                            .formatted(table, CANARY));
        }
        house.administer("create schema identity");
        house.administer("create table identity.accounts (user_id uuid primary key, secret text)");
        house.administer(
                "insert into identity.accounts values (gen_random_uuid(), '%s')".formatted(CANARY));
    }

    private static void compareTables(StreamHouse house) throws Exception {
        try (Connection connection = house.connectAsAdmin()) {
            for (var topic : Rebuild.fromTopics(house.kafka().bootstrapServers()).entrySet()) {
                DIFFERENCES.put(topic.getKey(), topic.getValue().differences(connection));
            }
        }
    }

    private static void keep(Table table, List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(record -> keep(table, record));
    }

    private static void keep(Table table, ConsumerRecord<byte[], byte[]> record) {
        String value = new String(record.value(), StandardCharsets.UTF_8);
        TEXTS.add(value);
        VALUES.computeIfAbsent(table, _ -> new ArrayList<>()).add(JSON.readTree(value));
        KEYS.computeIfAbsent(table, _ -> new ArrayList<>()).add(JSON.readTree(record.key()));
    }

    private static List<JsonNode> values(Table table) {
        return VALUES.getOrDefault(table, List.of());
    }

    private static List<JsonNode> keys(Table table) {
        return KEYS.getOrDefault(table, List.of());
    }

    private static JsonNode created(Table table) {
        return values(table).getFirst().get("after");
    }

    private static boolean isWhole(Table table) {
        return table.oldRow() == OldRow.WHOLE;
    }
}
