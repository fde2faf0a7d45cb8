package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Topic;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.HashSet;
import java.util.Set;

/// Asserts that Kafka tells all that was committed, and nothing else.
///
/// @param records how many changes stand on the topics
/// @param duplicates how many of them were there already, by (table, key, LSN)
record Completeness(int records, int duplicates) {
    static Completeness verify(StreamHouse house) throws Exception {
        house.awaitPublished();
        int records = 0;
        int duplicates = 0;
        try (Connection connection = house.connectAsAdmin()) {
            for (var topic : Rebuild.fromTopics(house.kafka().bootstrapServers()).entrySet()) {
                Rebuild rebuild = topic.getValue();
                assertThat(rebuild.differences(connection))
                        .as(topic.getKey().tableName())
                        .isEmpty();
                records += rebuild.records();
                duplicates += rebuild.duplicates();
            }
            assertThat(publishedEvents(house)).isEqualTo(committedEvents(connection));
        }
        assertThat(EachChangeOnce.read(house.kafka().bootstrapServers(), records / 2))
                .as("changes that a reader gets who goes on from where it was again and again")
                .isEqualTo(records - duplicates);
        Completeness complete = new Completeness(records, duplicates);
        System.out.println(complete);
        return complete;
    }

    private static Set<String> publishedEvents(StreamHouse house) {
        Set<String> ids = new HashSet<>();
        house.records(Topic.ASSET_CREATED.wireName())
                .forEach(
                        record ->
                                ids.add(
                                        new String(
                                                record.headers().lastHeader("ce_id").value(),
                                                StandardCharsets.UTF_8)));
        return ids;
    }

    private static Set<String> committedEvents(Connection connection) throws Exception {
        Set<String> ids = new HashSet<>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select id::text from outbox")) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        }
        return ids;
    }
}
