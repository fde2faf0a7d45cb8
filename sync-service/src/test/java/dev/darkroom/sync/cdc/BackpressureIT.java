package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Table;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More than fits into memory, and nobody to take it.
class BackpressureIT {
    /// Of 8 kB each: the child that streams them has a heap of 256 MB.
    private static final int ROWS = Integer.getInteger("darkroom.large-transaction", 40_000);

    private static final String LARGE_ROWS =
            "insert into repositories (name, path) select 'large', i || repeat('/0123456789abcdef',"
                    + " 480) from generate_series(1, %d) i";

    @TempDir Path folder;
    private StreamHouse house;

    @BeforeEach
    void open() throws Exception {
        house = StreamHouse.open(folder);
        // The path's index takes no long texts.
        house.administer("alter table repositories drop constraint repositories_path_key");
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    void streamsATransactionThatIsLargerThanItsHeap() throws Exception {
        // given
        try (StreamProcess _ = StreamProcess.start(house)) {
            StreamHouse.await(
                    "the child",
                    () ->
                            house.query("select slot_name from pg_replication_slots where active")
                                    .equals("darkroom_cdc"));

            // when
            house.write(LARGE_ROWS.formatted(ROWS));
            StreamHouse.await(
                    "the rows", () -> house.count(Table.REPOSITORIES.changeTopic()) >= ROWS);
            house.awaitPublished();
        }

        // then
        assertThat(house.count(Table.REPOSITORIES.changeTopic())).isEqualTo(ROWS);
    }

    /// PostgreSQL drops a reader that it hears nothing from.
    @Test
    void keepsItsPlaceInTheLogWhileKafkaTakesNothing() throws Exception {
        // given
        house.administer("alter system set wal_sender_timeout = '3s'");
        house.administer("select pg_reload_conf()");
        ChangeStreams stream = house.stream();
        stream.start();
        house.write(Library.repository());
        house.awaitPublished();
        String reader = house.query("select active_pid from pg_replication_slots");

        // when
        house.stopKafka();
        house.write(LARGE_ROWS.formatted(8_000));
        Set<String> replies = new HashSet<>();
        StreamHouse.await(
                "signs of life over more than twice that time",
                () -> {
                    replies.add(house.query("select reply_time from pg_stat_replication"));
                    return replies.size() > 8;
                });
        house.startKafka();
        house.awaitPublished();

        // then
        assertThat(house.query("select active_pid from pg_replication_slots")).isEqualTo(reader);
        assertThat(house.count(Table.REPOSITORIES.changeTopic())).isEqualTo(8_001L);
        stream.stop();
    }
}
