package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The primary dies for good, and a standby takes its place.
class FailoverIT {
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
    void goesOnFromTheStandbysCopyOfTheSlot() throws Exception {
        // given
        house.administer("select pg_create_logical_replication_slot('darkroom_cdc', 'pgoutput')");
        StandbyServer standby = house.addStandby();
        ChangeStreams stream = house.stream();
        stream.start();
        assertThat(
                        house.query(
                                "select failover from pg_replication_slots where slot_type ="
                                        + " 'logical'"))
                .as("a slot of an older version is copied from now on")
                .isEqualTo("t");
        house.write(Library.repository());
        StreamHouse.await("the slot's copy", standby::hasCopyOfSlot);
        try (Load load = Load.start(house, 2)) {
            StreamHouse.await("commits", () -> load.commits() > 50);
            house.standbyFolder().freeze();
            int unseen = load.commits() + 20;
            StreamHouse.await("commits that no standby has", () -> load.commits() > unseen);

            // when
            house.primaryFolder().kill();
            house.standbyFolder().thaw();
            standby.promote();
            int goal = load.commits() + 50;
            StreamHouse.await("commits on the new primary", () -> load.commits() > goal);
        }

        // then
        assertThat(Completeness.verify(house).records()).isPositive();
        assertThat(stream.state()).isInstanceOf(StreamState.Leading.class);
        stream.stop();
    }
}
