package dev.darkroom.sync.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Table;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/// Kafka or PostgreSQL go away under the stream, and come back.
class RestartedEnginesIT {
    @TempDir Path folder;
    private StreamHouse house;
    private ChangeStreams stream;

    @BeforeEach
    void open() throws Exception {
        house = StreamHouse.open(folder);
        stream = house.stream();
        stream.start();
        house.write(Library.repository());
    }

    @AfterEach
    void close() throws Exception {
        stream.stop();
        house.close();
    }

    @Test
    void losesNothingWhenKafkaRestarts() throws Exception {
        // given
        try (Load load = Load.start(house, 2)) {
            StreamHouse.await("commits", () -> load.commits() > 50);

            // when
            house.restartKafka();
            int goal = load.commits() + 50;
            StreamHouse.await("commits", () -> load.commits() > goal);
        }

        // then
        Completeness.verify(house);
    }

    @Test
    void losesNothingWhenPostgresRestarts() throws Exception {
        // given
        try (Load load = Load.start(house, 2)) {
            StreamHouse.await("commits", () -> load.commits() > 50);

            // when
            house.restartPostgres();
            int goal = load.commits() + 50;
            StreamHouse.await("commits", () -> load.commits() > goal);
        }

        // then
        Completeness.verify(house);
    }

    @Test
    void publishesNothingBehindARowTooLargeForKafka() throws Exception {
        // given
        house.awaitPublished();
        stream.stop();
        ChangeStreams narrow = house.stream(DataSize.ofMegabytes(1));
        narrow.start();
        UUID large = UUID.randomUUID();

        // when
        house.write(
                Library.asset(large),
                ("update assets set specific_metadata = jsonb_build_object('x', repeat('x',"
                                + " 2000000)) where asset_id = '%s'")
                        .formatted(large));
        house.write(Library.assets(10));
        StreamHouse.await(
                "the stream to fail",
                () ->
                        narrow.state() instanceof StreamState.Standby standby
                                && standby.reason().contains("max-record-size"));
        narrow.stop();

        // then
        assertThat(house.records(Table.ASSETS.changeTopic()))
                .allMatch(record -> new String(record.key(), UTF_8).contains(large.toString()));
        stream.start();
        Completeness.verify(house);
    }

    @Test
    void stopsWhenItsSlotIsGone() throws Exception {
        // given
        house.awaitPublished();
        stream.stop();
        house.administer("select pg_drop_replication_slot('darkroom_cdc')");

        // when
        stream.start();

        // then
        assertThat(stream.state())
                .isInstanceOfSatisfying(
                        StreamState.Stopped.class,
                        stopped ->
                                assertThat(stopped.reason())
                                        .contains(
                                                "missing although changes were published",
                                                "./darkroom stream repair"));
        assertThat(house.query("select count(*) from pg_replication_slots")).isEqualTo("0");
    }

    @Test
    void stopsWhenPostgresThrewAwayTheLogItNeeds() throws Exception {
        // given
        house.awaitPublished();
        stream.stop();
        house.administer("alter system set max_slot_wal_keep_size = '16MB'");

        // when
        house.administer("select pg_reload_conf()");
        for (int i = 0; i < 4; i++) {
            house.administer("select pg_switch_wal()");
            house.write(
                    Library.repository()
                            .replace("0001'", "000" + (i + 2) + "'")
                            .replace("/photos", "/p" + i));
        }
        house.administer("checkpoint");
        StreamHouse.await(
                "the slot to be lost",
                () -> house.query("select wal_status from pg_replication_slots").equals("lost"));
        stream.start();

        // then
        assertThat(stream.state())
                .isInstanceOfSatisfying(
                        StreamState.Stopped.class,
                        stopped -> assertThat(stopped.reason()).contains("was invalidated"));
    }
}
