package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsIT {

    private static final BackendOptions OPTIONS = BackendOptions.defaults();
    private static final int NOBODY = 65_534;

    @TempDir Path folder;

    @Test
    void keepsAllThatWasAcknowledgedWhenItsJvmIsKilled() throws Exception {
        // given a JVM that is killed while records and rows are being written
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Set<String> committed = new HashSet<>();
        try (ChildBackends child = ChildBackends.start(folder, List.of())) {
            Records records = new Records(child.bootstrapServers(), "kept");
            records.createTopic();
            Sql.execute(child.postgres(), "CREATE TABLE kept (value text)");
            writeUntilKilled(child, records, acknowledged, committed);
        }

        // when it is started again on the same folder
        try (Backends backends = Backends.start(folder, OPTIONS)) {
            // then everything acknowledged is there
            assertThat(new Records(backends.bootstrapServers(), "kept").readAll())
                    .hasSizeGreaterThanOrEqualTo(500)
                    .containsAll(acknowledged);
            assertThat(values(backends.postgres())).containsAll(committed);
        }
    }

    @Test
    void stopsAPostgresThatOutlivedItsJvm() throws Exception {
        // given a server with a committed row, left running by nobody who is still there
        Path root = folder.toRealPath();
        PostgresAddress address;
        try (Backends backends = Backends.start(root, OPTIONS)) {
            address = backends.postgres();
        }
        Process orphan = startServer(root.resolve("postgres"));
        try {
            new PostgresReadiness(address, orphan, root.resolve("postgres.log"), _ -> {}).await();
            Sql.execute(address, "CREATE TABLE kept AS SELECT 'orphan'::text AS value");

            // when the backends start on its folder
            try (Backends backends = Backends.start(root, OPTIONS)) {
                // then it is gone, and its row is there
                assertThat(orphan.isAlive()).isFalse();
                assertThat(values(backends.postgres())).containsExactly("orphan");
            }
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void refusesAFolderThatAnotherProcessRunsOn() throws Exception {
        try (ChildBackends child = ChildBackends.start(folder, List.of())) {
            assertThatThrownBy(() -> Backends.start(folder, OPTIONS))
                    .isInstanceOf(DataFolderInUse.class)
                    .hasMessageContaining(folder.toRealPath().toString())
                    .hasMessageContaining("process " + child.pid());
        }
    }

    @Test
    void refusesAFolderThatThisProcessRunsOn() {
        try (Backends _ = Backends.start(folder, OPTIONS)) {
            assertThatThrownBy(() -> Backends.start(folder, OPTIONS))
                    .isInstanceOf(DataFolderInUse.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void leavesNothingRunningAndNothingToRecoverWhenClosed() throws Exception {
        // given backends that were started and closed
        Path data = folder.toRealPath().resolve("postgres");
        Backends backends = Backends.start(folder, OPTIONS);
        long server = PostgresProcess.runningOn(data).orElseThrow().handle().pid();

        // when closed, twice
        backends.close();
        backends.close();

        // then no server is left and the next start finds a clean folder on the same ports
        assertThat(ProcessHandle.of(server).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(data.resolve("postmaster.pid")).doesNotExist();
        try (Backends again = Backends.start(folder, OPTIONS)) {
            assertThat(again.postgres()).isEqualTo(backends.postgres());
            assertThat(again.bootstrapServers()).isEqualTo(backends.bootstrapServers());
            assertThat(folder.resolve("postgres.log"))
                    .content()
                    .doesNotContain("not properly shut down");
        }
    }

    @Test
    void usesAGivenServerAndLeavesItRunning() throws Exception {
        // given a server that is ours to use, not to stop
        PostgresAddress given = TestBackends.shared().postgres();
        String url =
                given.jdbcUrl("postgres")
                        + "?user="
                        + given.adminUser()
                        + "&password="
                        + given.adminPassword();

        // when backends use it and are closed
        try (Backends backends = Backends.start(folder, OPTIONS.withPostgresUrl(url))) {
            assertThat(backends.postgres()).isEqualTo(given);
            assertThat(backends.description()).contains("the given PostgreSQL");
        }

        // then it answers still, and nothing was made in our folder
        assertThat(Sql.ask(given, "SELECT 1")).isEqualTo("1");
        assertThat(folder.resolve("postgres")).doesNotExist();
    }

    @Test
    void startsPostgresAloneWhereNobodyNeedsKafka() throws Exception {
        // when
        try (Backends backends = Backends.startPostgres(folder, OPTIONS)) {
            // then
            assertThat(Sql.ask(backends.postgres(), "SELECT 1")).isEqualTo("1");
            assertThat(backends.description()).doesNotContain("Kafka");
            assertThatThrownBy(backends::bootstrapServers)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Kafka was not started");
        }
        assertThat(folder.resolve("kafka")).doesNotExist();
    }

    @Test
    void runsAsAnOrdinaryUser() throws Exception {
        // given a user who is not root, but may read the class path wherever it lies
        boolean root = ServerUser.currentUserId() == 0;
        assumeTrue(!root || Command.exists("setpriv"), "setpriv makes an ordinary user of root");
        List<String> user = List.of();
        if (root) {
            Files.setAttribute(folder, "unix:uid", NOBODY);
            user =
                    List.of(
                            "setpriv",
                            "--reuid=" + NOBODY,
                            "--regid=" + NOBODY,
                            "--clear-groups",
                            "--inh-caps=+dac_read_search",
                            "--ambient-caps=+dac_read_search",
                            "env",
                            "HOME=" + folder);
        }

        // when that user starts the backends
        try (ChildBackends child = ChildBackends.start(folder, user)) {
            // then both answer
            Records records = new Records(child.bootstrapServers(), "ordinary");
            records.createTopic();
            records.send("hello");
            assertThat(records.readAll()).containsExactly("hello");
            assertThat(Sql.ask(child.postgres(), "SELECT 1")).isEqualTo("1");
        }
    }

    private static void writeUntilKilled(
            ChildBackends child, Records records, Set<String> acknowledged, Set<String> committed)
            throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(500);
        Thread killer =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        enough.await();
                                        child.kill();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        try (KafkaProducer<String, String> producer = records.producer();
                Connection connection = Sql.connect(child.postgres());
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO kept VALUES (?)")) {
            for (int i = 0; killer.isAlive(); i++) {
                String value = "value " + i;
                var _ =
                        producer.send(
                                new ProducerRecord<>("kept", value),
                                (_, failure) -> {
                                    if (failure == null) {
                                        acknowledged.add(value);
                                        enough.countDown();
                                    }
                                });
                insert.setString(1, value);
                insert.executeUpdate();
                committed.add(value);
            }
        } catch (SQLException theKill) {
            assertThat(committed).as("rows before " + theKill).isNotEmpty();
        }
        killer.join();
    }

    private static Process startServer(Path data) throws Exception {
        PostgresBinaries binaries =
                PostgresLadder.standard(OPTIONS.cacheFolder())
                        .climb(MajorVersion.of(data), _ -> {});
        String server = binaries.bin().resolve("postgres").toString();
        List<String> line = ServerUser.detect().line(List.of(server, "-D", data.toString()));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Set<String> values(PostgresAddress postgres) throws SQLException {
        Set<String> values = new HashSet<>();
        try (Connection connection = Sql.connect(postgres);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT value FROM kept")) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
