package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.StreamDiverged;
import dev.darkroom.schema.StreamRepaired;
import dev.darkroom.schema.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each way in which a topic can differ from its table is planted, found, told and mended.
class ReconcilerIT {
    @TempDir Path folder;
    private StreamHouse house;

    @BeforeEach
    void open() throws Exception {
        house = StreamHouse.open(folder);
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    void suspectsNobodyWhileRowsChangeAllTheTime() throws Exception {
        // given
        try (MendedStream mended = MendedStream.of(house, OnLostSlot.STOP).start()) {
            house.write(Library.repository());
            UUID large = UUID.randomUUID();
            house.write(
                    Library.asset(large),
                    ("update assets set specific_metadata = (select jsonb_object_agg(i,"
                                    + " md5(i::text)) from generate_series(1, 3000) i)"
                                    + " where asset_id = '%s'")
                            .formatted(large));

            // when
            try (Load load = Load.start(house, 2)) {
                house.write("update assets set rating = 3 where asset_id = '%s'".formatted(large));
                StreamHouse.await("commits", () -> load.commits() > 10);
                mended.awaitRounds(1);
            }
            mended.awaitRounds(1);

            // then
            assertThat(mended.told()).isEmpty();
            assertThat(mended.status().rowsCompared()).isPositive();
            assertThat(mended.status().rowsRepublished()).isZero();
            Completeness.verify(house);
        }
    }

    @Test
    void publishesWhatTheStreamMissed() throws Exception {
        // given
        UUID outdated = UUID.randomUUID();
        UUID surplus = UUID.randomUUID();
        UUID missing = UUID.randomUUID();
        try (MendedStream _ = MendedStream.of(house, OnLostSlot.STOP).start()) {
            house.write(Library.repository(), Library.asset(outdated), Library.asset(surplus));
            house.write(Library.assets(700));
            house.awaitPublished();
        }
        house.write(
                "update assets set rating = 5 where asset_id = '%s'".formatted(outdated),
                "delete from assets where asset_id = '%s'".formatted(surplus),
                Library.asset(missing));
        house.skipTheLog();

        // when
        try (MendedStream mended = MendedStream.of(house, OnLostSlot.STOP).start()) {
            StreamRepaired repaired = mended.awaitTold(StreamRepaired.class);

            // then
            StreamDiverged diverged = mended.awaitTold(StreamDiverged.class);
            assertThat(diverged.stream()).isEqualTo("cdc.assets");
            assertThat(diverged.missing()).isEqualTo(1);
            assertThat(diverged.outdated()).isEqualTo(1);
            assertThat(diverged.surplus()).isEqualTo(1);
            assertThat(diverged.keys())
                    .anyMatch(key -> key.contains(missing.toString()))
                    .anyMatch(key -> key.contains(surplus.toString()));
            assertThat(repaired.incidentId()).isEqualTo(diverged.incidentId());
            assertThat(repaired.rows()).isEqualTo(2);
            assertThat(repaired.deletes()).isEqualTo(1);
            assertThat(operations(outdated)).endsWith("c", "r");
            assertThat(operations(missing)).containsExactly("r");
            assertThat(operations(surplus)).containsExactly("c", "d");
            Completeness.verify(house);
            mended.awaitRounds(1);
            assertThat(mended.status().differing()).isZero();
            assertThat(mended.told()).hasSize(2);
        }
    }

    @Test
    void publishesRowsAtTheirPlaceAmongChangesThatGoOn() throws Exception {
        // given
        try (MendedStream _ = MendedStream.of(house, OnLostSlot.STOP).start()) {
            house.write(Library.repository(), Library.assets(300));
            house.awaitPublished();
        }
        try (Load load = Load.start(house, 3)) {
            StreamHouse.await("commits nobody hears of", () -> load.commits() > 30);
            house.skipTheLog();

            // when
            try (MendedStream mended = MendedStream.of(house, OnLostSlot.STOP).start()) {
                mended.awaitTold(StreamRepaired.class);
                load.stop();
                mended.awaitRounds(1);

                // then
                assertThat(mended.status().differing()).isZero();
                assertRebuilds();
            }
        }
    }

    private void assertRebuilds() throws Exception {
        house.awaitPublished();
        int changes = 0;
        try (var connection = house.connectAsAdmin()) {
            for (var topic : Rebuild.fromTopics(house.kafka().bootstrapServers()).entrySet()) {
                assertThat(topic.getValue().differences(connection))
                        .as(topic.getKey().tableName())
                        .isEmpty();
                changes += topic.getValue().records() - topic.getValue().duplicates();
            }
            assertThat(EachChangeOnce.read(house.kafka().bootstrapServers(), changes / 4))
                    .isEqualTo(changes);
        }
    }

    private List<String> operations(UUID asset) {
        return house.records(Table.ASSETS.changeTopic()).stream()
                .filter(
                        record ->
                                new String(record.key(), StandardCharsets.UTF_8)
                                        .contains(asset.toString()))
                .map(
                        record ->
                                new String(
                                        record.headers().lastHeader("op").value(),
                                        StandardCharsets.UTF_8))
                .toList();
    }
}
