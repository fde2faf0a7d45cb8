package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Role;
import dev.darkroom.schema.Table;
import dev.darkroom.schema.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Instances that die without a word.
class KilledStreamIT {
    private static final int KILLS = Integer.getInteger("darkroom.kills", 6);

    private static final Duration FREEZE =
            Duration.ofSeconds(Integer.getInteger("darkroom.freeze-seconds", 12));

    private static final String ASSETS = Table.ASSETS.changeTopic();
    private static final String REPOSITORIES = Table.REPOSITORIES.changeTopic();

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

    /// Every fifth time an engine underneath goes as well: Kafka, PostgreSQL, PostgreSQL by kill
    /// -9.
    @Test
    void losesNothingWhenItIsKilledUnderLoadAgainAndAgain() throws Exception {
        // given
        StreamProcess process = StreamProcess.start(house);
        awaitLeader(process);
        house.write(Library.repository());
        Random random = new Random(42);

        // when
        try (Load load = Load.start(house, 3)) {
            for (int kill = 1; kill <= KILLS; kill++) {
                int goal = load.commits() + 20 + random.nextInt(60);
                StreamHouse.await("commits", () -> load.commits() > goal);
                process.kill();
                switch (kill % 15) {
                    case 1 -> house.restartKafka();
                    case 6 -> house.killAndRestartPostgres();
                    case 11 -> house.restartPostgres();
                    default -> {}
                }
                process = StreamProcess.start(house);
                awaitLeader(process);
                if (kill % 15 == 4) {
                    house.restartKafka();
                    awaitLeader(process);
                }
                if (kill % 15 == 9) {
                    house.killAndRestartPostgres();
                    awaitLeader(process);
                }
            }
        }

        // then
        Completeness.verify(house);
        process.close();
    }

    @Test
    void takesOverWhenTheLeaderIsKilled() throws Exception {
        // given
        try (StreamProcess leader = StreamProcess.start(house)) {
            awaitLeader(leader);
            house.write(Library.repository());
            ChangeStreams standby = house.stream();
            standby.start();
            assertThat(standby.state()).isInstanceOf(StreamState.Standby.class);
            Duration slowest = Duration.ZERO;
            try (Load _ = Load.start(house, 2)) {
                // when
                long killed = System.nanoTime();
                leader.kill();

                // then
                StreamHouse.await("a first record", () -> standby.recordsPublished() > 0);
                slowest = Duration.ofNanos(System.nanoTime() - killed);
            }
            assertThat(standby.state()).isInstanceOf(StreamState.Leading.class);
            System.out.println("first record after takeover: " + slowest.toMillis() + " ms");
            Completeness.verify(house);
            standby.stop();
        }
    }

    /// Two transactions whose changes interleave in the log; the stream ends between their commits
    /// (the scenario of dbz#76).
    @Test
    void losesNoRowOfInterleavedTransactionsAcrossARestart() throws Exception {
        // given
        ChangeStreams before = house.stream();
        before.start();
        house.write(Library.repository());
        try (var early = house.connect(Role.INGEST);
                var late = house.connect(Role.INGEST);
                var inEarly = early.createStatement();
                var inLate = late.createStatement()) {
            early.setAutoCommit(false);
            late.setAutoCommit(false);
            for (int i = 0; i < 5; i++) {
                inLate.execute(Library.asset(UUID.randomUUID()));
                inEarly.execute(Library.asset(UUID.randomUUID()));
            }

            // when
            early.commit();
            StreamHouse.await("the early rows", () -> house.count(ASSETS) >= 5);
            before.stop();
            late.commit();
        }
        ChangeStreams after = house.stream();
        after.start();

        // then
        Completeness.verify(house);
        assertThat(house.count(ASSETS)).isGreaterThanOrEqualTo(10L);
        after.stop();
    }

    /// A transaction whose first record stands where the one before ended, and the stream stopped
    /// in between (the scenario of dbz#51).
    @Test
    void losesNoRowOfATransactionThatBeginsWhereTheLastOneEnded() throws Exception {
        // given
        ChangeStreams stream = house.stream();
        stream.start();
        house.write(Library.repository());
        try (var connection = house.connect(Role.INGEST);
                var statement = connection.createStatement()) {
            for (int round = 0; round < 5; round++) {
                long published = house.count(ASSETS);
                statement.execute(Library.asset(UUID.randomUUID()));
                StreamHouse.await("its record", () -> house.count(ASSETS) > published);

                // when
                stream.stop();
                statement.execute(Library.asset(UUID.randomUUID()));
                statement.execute(Library.asset(UUID.randomUUID()));
                stream.start();
            }
        }

        // then
        Completeness.verify(house);
        assertThat(house.count(ASSETS)).isGreaterThanOrEqualTo(15L);
        stream.stop();
    }

    /// A leader that is stopped but not dead keeps its connections, and with them the lock.
    @Test
    void takesOverFromALeaderThatIsFrozenAndIsNotDisturbedWhenItWakes() throws Exception {
        // given
        try (StreamProcess leader = StreamProcess.start(house)) {
            awaitLeader(leader);
            house.write(Library.repository());
            ChangeStreams standby = house.stream();
            standby.start();
            try (Load load = Load.start(house, 2)) {
                StreamHouse.await("commits", () -> load.commits() > 20);
                house.awaitPublished();
                makeStandBy(standby, leader);
                long published = standby.recordsPublished();

                // when
                long frozen = System.nanoTime();
                leader.freeze();

                // then
                StreamHouse.await("a first record", () -> standby.recordsPublished() > published);
                assertThat(standby.state()).isInstanceOf(StreamState.Leading.class);
                System.out.println(
                        "first record after the leader froze: "
                                + Duration.ofNanos(System.nanoTime() - frozen).toMillis()
                                + " ms");
                StreamHouse.await(
                        "the leader to have been frozen for long enough",
                        () -> Duration.ofNanos(System.nanoTime() - frozen).compareTo(FREEZE) > 0);
                long reader = leaderOfTheSlot();
                leader.thaw();
                int goal = load.commits() + 50;
                StreamHouse.await("commits", () -> load.commits() > goal);
                awaitStandby(leader);
                assertThat(leaderOfTheSlot()).as("who reads the slot").isEqualTo(reader);
            }
            assertThat(standby.state()).isInstanceOf(StreamState.Leading.class);
            Completeness.verify(house);
            long end = house.changes().values().stream().mapToLong(List::size).sum();
            house.write(Library.asset(UUID.randomUUID()));
            house.awaitPublished();
            assertThat(house.changes().values().stream().mapToLong(List::size).sum())
                    .as("one record more, since the thawed leader writes nothing")
                    .isEqualTo(end + 1);
            standby.stop();
        }
    }

    /// On a busy machine a leader may be slow enough to be replaced before anybody freezes it.
    private void makeStandBy(ChangeStreams standby, StreamProcess leader) throws Exception {
        StreamState byTheOther = new StreamState.Standby("another instance leads");
        while (!standby.state().equals(byTheOther)) {
            if (standby.state() instanceof StreamState.Leading) {
                standby.stop();
                awaitLeader(leader);
                standby.start();
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /// Rows that one statement writes under one log position, published in part (dbz#1554).
    @Test
    void losesNoRowOfABatchUnderOneLogPositionWhenKilledInsideIt() throws Exception {
        // given
        StreamProcess process = StreamProcess.start(house);
        awaitLeader(process);
        house.write(Library.repository());

        // when
        for (int round = 0; round < 3; round++) {
            long goal = house.count(REPOSITORIES) + 1 + 2_500L * round;
            house.copy(Library.COPY_REPOSITORIES, Library.repositoryLines(20_000));
            house.copy(
                    Library.COPY_OUTBOX,
                    Library.outboxLines(5_000, Topic.ASSET_CREATED.wireName()));
            StreamHouse.await("the first rows", () -> house.count(REPOSITORIES) >= goal);
            process.kill();
            process = StreamProcess.start(house);
        }

        // then
        assertThat(Completeness.verify(house).duplicates())
                .as("what had come of a batch when it was killed inside it")
                .isPositive();
        process.close();
    }

    private long leaderOfTheSlot() throws Exception {
        return Long.parseLong(house.query("select active_pid from pg_replication_slots"));
    }

    /// It has a new connection, on which it asks for the lock and does not get it.
    private void awaitStandby(StreamProcess process) throws Exception {
        StreamHouse.await(
                "the thawed leader to stand by",
                () ->
                        house.query(
                                        "select count(*) from pg_stat_activity where"
                                                + " application_name = 'darkroom-cdc-leader-"
                                                + process.pid()
                                                + "' and query like '%advisory%'"
                                                + " and not exists (select from pg_locks l where"
                                                + " l.pid = pg_stat_activity.pid and l.locktype ="
                                                + " 'advisory')")
                                .equals("1"));
    }

    private void awaitLeader(StreamProcess process) throws Exception {
        StreamHouse.await(
                "the child to lead",
                () ->
                        house.query(
                                        "select count(*) from pg_replication_slots s,"
                                                + " pg_stat_activity a where s.active and"
                                                + " a.application_name = 'darkroom-cdc-leader-"
                                                + process.pid()
                                                + "'")
                                .equals("1"));
    }
}
