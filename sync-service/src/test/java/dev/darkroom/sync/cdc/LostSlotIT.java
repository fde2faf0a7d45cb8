package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Role;
import dev.darkroom.schema.StreamLost;
import dev.darkroom.schema.StreamRestored;
import dev.darkroom.schema.Topic;
import dev.darkroom.sync.cdc.repair.ReconcilerProperties;
import dev.darkroom.sync.cdc.repair.SlotStatus.Alarm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The slot is gone, or its log is: the stream says so and stops, and is mended when it may be.
class LostSlotIT {
    private static final ReconcilerProperties OFF =
            new ReconcilerProperties(false, 1, 1_000, Duration.ZERO);

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
    void stopsUntilSomebodySaysRepairAndMissesNothingThen() throws Exception {
        // given
        writeBeforeTheGap();
        try (MendedStream mended = MendedStream.of(house, OnLostSlot.STOP).start()) {
            assertThat(mended.stream().state())
                    .isInstanceOfSatisfying(
                            StreamState.Stopped.class,
                            stopped ->
                                    assertThat(stopped.reason())
                                            .contains("./darkroom stream repair"));
            assertThat(mended.desk().status().alarm()).isEqualTo(Alarm.LOST);

            // when
            try (Load load = Load.start(house, 2)) {
                mended.desk().repair();
                StreamHouse.await("commits", () -> load.commits() > 30);
                StreamRestored restored = mended.awaitTold(StreamRestored.class);

                // then
                assertThat(restored.incidentId())
                        .isEqualTo(mended.awaitTold(StreamLost.class).incidentId());
                assertThat(restored.rows()).isPositive();
                assertThat(restored.deletes()).isPositive();
                assertThat(restored.events()).isPositive();
            }
            Completeness.verify(house);
            assertThat(mended.desk().status().alarm()).isEqualTo(Alarm.NONE);
        }
    }

    @Test
    void goesOnByItselfWhereThePolicySaysSo() throws Exception {
        // given
        writeBeforeTheGap();

        // when
        try (MendedStream mended = MendedStream.of(house, OnLostSlot.REPAIR).start()) {
            mended.awaitTold(StreamRestored.class);

            // then
            assertThat(mended.stream().state()).isInstanceOf(StreamState.Leading.class);
            Completeness.verify(house);
        }
    }

    @Test
    void anotherInstanceFinishesARepairThatOneBegan() throws Exception {
        // given
        writeBeforeTheGap();
        try (MendedStream begun = MendedStream.of(house, OnLostSlot.REPAIR, OFF).start()) {
            begun.awaitTold(StreamLost.class);
            house.awaitPublished();
        }

        // when
        try (MendedStream other = MendedStream.of(house, OnLostSlot.STOP).start()) {
            other.awaitTold(StreamRestored.class);

            // then
            assertThat(other.told()).filteredOn(StreamLost.class::isInstance).hasSize(1);
            Completeness.verify(house);
        }
    }

    @Test
    void tellsTheFilesOfTheGap() throws Exception {
        // given
        try (MendedStream _ = MendedStream.of(house, OnLostSlot.STOP, OFF).start()) {
            house.write(Library.repository());
            house.writeAs(Role.SYNC, file("old.jpg"), file("gone.jpg"));
            house.awaitPublished();
        }
        house.administer("select pg_drop_replication_slot('darkroom_cdc')");
        house.writeAs(
                Role.SYNC,
                file("new.jpg"),
                "update file_records set file_path = 'moved.jpg' where file_path = 'old.jpg'",
                "delete from file_records where file_path = 'gone.jpg'");

        // when
        try (MendedStream mended = MendedStream.of(house, OnLostSlot.REPAIR).start()) {
            mended.awaitTold(StreamRestored.class);
            house.awaitPublished();
        }

        // then
        assertThat(house.records(Topic.FILE_CHANGED.wireName()).stream().map(this::event))
                .containsExactlyInAnyOrder(
                        "file.created.v1 old.jpg",
                        "file.created.v1 gone.jpg",
                        "file.created.v1 new.jpg",
                        "file.moved.v1 moved.jpg",
                        "file.deleted.v1 gone.jpg");
    }

    private String event(ConsumerRecord<byte[], byte[]> record) {
        String type =
                new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        return type + " " + JsonMapper.shared().readTree(record.value()).get("path").asString();
    }

    private static String file(String path) {
        return ("insert into file_records (repository_id, file_path, file_size, mod_time,"
                        + " change_time, device, inode, content_hash, content_version, hash_pending)"
                        + " values ('%s', '%s', 1, now(), now(), 1, 1, 'sha256:%s', 1, false)")
                .formatted(Library.REPOSITORY, path, "0".repeat(64));
    }

    /// Rows that are published, then a gap in which some are written, changed and deleted.
    private void writeBeforeTheGap() throws Exception {
        try (MendedStream _ = MendedStream.of(house, OnLostSlot.STOP, OFF).start()) {
            house.write(Library.repository(), Library.assets(500));
            house.awaitPublished();
        }
        house.administer("select pg_drop_replication_slot('darkroom_cdc')");
        UUID asset = UUID.randomUUID();
        house.write(
                Library.assets(100),
                Library.asset(asset),
                Library.outbox(UUID.randomUUID(), Topic.ASSET_CREATED.wireName(), asset),
                "delete from assets where file_size between 1 and 20 and original_filename <> 'x'",
                "update assets set rating = 4 where file_size between 30 and 60");
    }
}
