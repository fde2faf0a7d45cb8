package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.StreamRestored;
import dev.darkroom.sync.cdc.repair.SlotStatus;
import dev.darkroom.sync.cdc.repair.SlotStatus.Alarm;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How much log is kept while nobody reads it, and what is said about it.
///
/// The limit stands for an hour's worth of writes: 128 MB here, gigabytes in production.
class LogLimitIT {
    private static final long LIMIT = 128L << 20;

    @TempDir Path folder;
    private StreamHouse house;
    private MendedStream mended;

    @BeforeEach
    void open() throws Exception {
        house = StreamHouse.open(folder);
        house.administer("alter system set max_slot_wal_keep_size = '128MB'");
        house.administer("alter system set max_wal_size = '64MB'");
        house.administer("select pg_reload_conf()");
        mended = MendedStream.of(house, OnLostSlot.STOP).start();
        house.write(Library.repository());
        house.awaitPublished();
    }

    @AfterEach
    void close() throws Exception {
        mended.close();
        house.close();
    }

    @Test
    void drainsAllThatWasWrittenWhileItWasDownBelowTheLimit() throws Exception {
        // given
        mended.close();

        // when
        SlotStatus slot = writeUntil(Alarm.HALF_FULL);

        // then
        assertThat(slot.limitBytes()).isEqualTo(LIMIT);
        assertThat(slot.retainedBytes()).isBetween(LIMIT / 2, LIMIT);
        assertThat(slot.active()).isFalse();
        mended.start();
        Completeness.verify(house);
        assertThat(mended.watch().look().alarm()).isEqualTo(Alarm.NONE);
    }

    @Test
    void saysThatChangesAreLostBeyondTheLimitAndMendsItWhenTold() throws Exception {
        // given
        mended.close();

        // when
        writeUntil(Alarm.LOST);
        mended.start();

        // then
        assertThat(mended.stream().state()).isInstanceOf(StreamState.Stopped.class);
        mended.desk().repair();
        mended.awaitTold(StreamRestored.class);
        Completeness.verify(house);
        assertThat(mended.watch().look().alarm()).isEqualTo(Alarm.NONE);
    }

    @Test
    void movesOnWhileOnlyOtherTablesAreWritten() throws Exception {
        // given
        house.administer("create table others (text text)");

        // when
        for (int i = 0; i < 8; i++) {
            house.administer(
                    "insert into others select repeat(md5(i::text), 100) from"
                            + " generate_series(1, 10000) i");
        }
        house.administer("checkpoint");
        house.awaitPublished();

        // then
        StreamHouse.await(
                "the log to be given back",
                () -> {
                    house.administer("checkpoint");
                    return mended.watch().look().retainedBytes() < LIMIT / 4;
                });
        assertThat(mended.watch().look().alarm()).isEqualTo(Alarm.NONE);
    }

    /// Rows of which each takes about 3 kB of log, whatever compression does.
    private SlotStatus writeUntil(Alarm alarm) throws Exception {
        StreamHouse.await(
                alarm.toString(),
                () -> {
                    house.write(
                            "insert into repositories (name, path) select 'n', gen_random_uuid() ||"
                                    + " (select string_agg(md5(random()::text), '') from"
                                    + " generate_series(1, 60) where i > 0)"
                                    + " from generate_series(1, 1500) i");
                    house.administer("checkpoint");
                    return mended.watch().look().alarm() == alarm;
                });
        return mended.watch().look();
    }
}
