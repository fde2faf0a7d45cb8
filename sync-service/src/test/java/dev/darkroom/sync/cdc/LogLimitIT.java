package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.StreamRestored;
import dev.darkroom.sync.cdc.repair.SlotStatus;
import dev.darkroom.sync.cdc.repair.SlotStatus.Alarm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How much log is kept while nobody reads it, and what is said about it.
///
/// Under `up` PostgreSQL may keep 8 GB. Here everything is a 64th of that: the limit, and the hour
/// of imports that has to fit into it. `-Ddarkroom.log-scale=8` is an eighth.
class LogLimitIT {
    private static final int SCALE = Integer.getInteger("darkroom.log-scale", 64);
    private static final long LIMIT = (8L << 30) / SCALE;

    /// At 23 photos a second, the most that two cores were seen to import.
    private static final int PHOTOS_OF_AN_HOUR = 23 * 3_600 / SCALE;

    @TempDir Path folder;
    private StreamHouse house;
    private MendedStream mended;

    @BeforeEach
    void open() throws Exception {
        house = StreamHouse.open(folder);
        house.administer("alter system set max_slot_wal_keep_size = '%dMB'".formatted(LIMIT >> 20));
        house.administer("alter system set max_wal_size = '%dMB'".formatted(2_048 / SCALE));
        // Tests do without; the log is larger with it, and in use it is on.
        house.administer("alter system set full_page_writes = on");
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
    void anHourOfImportsWhileItIsDownStaysBelowTheLimitAndIsDrained() throws Exception {
        // given
        mended.close();
        long before = mended.watch().look().retainedBytes();

        // when
        int batch = PHOTOS_OF_AN_HOUR / 13 + 1;
        for (int done = 0; done < PHOTOS_OF_AN_HOUR; done += batch) {
            importPhotos(done, Math.min(batch, PHOTOS_OF_AN_HOUR - done));
        }
        house.administer("checkpoint");

        // then
        SlotStatus slot = mended.watch().look();
        long perPhoto = (slot.retainedBytes() - before) / PHOTOS_OF_AN_HOUR;
        System.out.printf(
                "an hour of imports: %,d photos, %,d bytes of log each, %d %% of the limit%n",
                PHOTOS_OF_AN_HOUR, perPhoto, 100 * slot.retainedBytes() / LIMIT);
        assertThat(slot.limitBytes()).isEqualTo(LIMIT);
        assertThat(slot.retainedBytes()).isLessThan(LIMIT);
        assertThat(slot.alarm()).isIn(Alarm.NONE, Alarm.HALF_FULL);
        mended.start();
        Completeness.verify(house);
        assertThat(mended.watch().look().alarm()).isEqualTo(Alarm.NONE);
    }

    @Test
    void saysSoWhenHalfOfTheLogIsKeptAndDrainsIt() throws Exception {
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

    /// What an import writes, row by row: the asset, its file, two tasks that are queued, begun and
    /// done, three thumbnails, and that the asset is ready.
    private void importPhotos(int first, int count) throws Exception {
        String photos =
                "(select asset_id from assets where original_filename like 'hour-%d-%%')"
                        .formatted(first);
        house.administer(
                ("insert into assets (repository_id, asset_type, original_filename, storage_path,"
                                + " mime_type, file_size, content_hash, width, height, taken_at,"
                                + " camera_make, camera_model, lens_model, iso, aperture,"
                                + " specific_metadata) select '%s', 'photo', 'hour-%d-' || i,"
                                + " 'repo://main/2026/' || gen_random_uuid(), 'image/jpeg', 4000000,"
                                + " 'sha256:' || encode(sha256(gen_random_uuid()::text::bytea),"
                                + " 'hex'), 4032, 3024, now(), 'Canon', 'EOS R5', 'RF 24-105mm', 100,"
                                + " 5.6, (select jsonb_object_agg('Tag' || j, md5(i || '-' || j)) from"
                                + " generate_series(1, 60) j) from generate_series(1, %d) i")
                        .formatted(Library.REPOSITORY, first, count));
        house.administer(
                "insert into asset_files (asset_id, role, storage_path, content_hash, file_size,"
                        + " mime_type) select asset_id, 'original', storage_path, content_hash,"
                        + " file_size, mime_type from assets where asset_id in "
                        + photos);
        house.administer(
                "insert into processing_tasks (asset_id, task, asset_version, status) select asset_id,"
                        + " task, 1, 'pending' from "
                        + photos
                        + " p, unnest(array['ingest', 'thumbnail']) task");
        for (String step :
                List.of(
                        "status = 'queued'",
                        "status = 'processing', attempts = 1",
                        "status = 'completed'")) {
            house.administer(
                    "update processing_tasks set %s where asset_id in %s".formatted(step, photos));
        }
        house.administer(
                "insert into thumbnails (asset_id, size, asset_version, storage_path, content_hash,"
                        + " file_size, width, height, thumbhash) select asset_id, size, 1,"
                        + " 'repo://main/t/' || asset_id || size, 'sha256:' || repeat('0', 64), 20000,"
                        + " 400, 300, decode(repeat('ab', 24), 'hex') from "
                        + photos
                        + " p, unnest(array['small', 'medium', 'large']) size");
        house.administer("update assets set ready_version = 1 where asset_id in " + photos);
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
