package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

    private static final Ports ANY = new Ports(0, 0, 0);

    @TempDir Path folder;

    @Test
    void answersWithPgvector() throws Exception {
        // given a database of our own
        String database = TestBackends.createDatabase("vectors");
        PostgresAddress postgres = TestBackends.shared().postgres();

        // when the extension is made there
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(database),
                                postgres.adminUser(),
                                postgres.adminPassword());
                var statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION vector");
            statement.execute("CREATE TABLE v AS SELECT '[1,2]'::halfvec(2) AS e");
            statement.execute("CREATE INDEX ON v USING hnsw (e halfvec_cosine_ops)");

            // then it computes
            try (var rows = statement.executeQuery("SELECT '[1,2]'::vector <=> '[2,1]'")) {
                rows.next();
                assertThat(rows.getDouble(1)).isBetween(0.1999, 0.2001);
            }
        }
    }

    @Test
    void isSetUpForChangeDataCaptureAndUnicode() throws Exception {
        PostgresAddress postgres = TestBackends.shared().postgres();
        assertThat(Sql.ask(postgres, "SHOW wal_level")).isEqualTo("logical");
        assertThat(Sql.ask(postgres, "SHOW data_checksums")).isEqualTo("on");
        assertThat(Sql.ask(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
        assertThat(Sql.ask(postgres, "SHOW unix_socket_directories")).isEmpty();
        assertThat(Sql.ask(postgres, "SELECT lower('ÄÖ')")).isEqualTo("äö");
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        PostgresAddress postgres = TestBackends.shared().postgres();
        PostgresAddress guess =
                new PostgresAddress(postgres.host(), postgres.port(), "postgres", "guess");
        assertThatThrownBy(() -> Sql.ask(guess, "SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void keepsItsPasswordToTheOwnerAndItsWritesDurable() throws Exception {
        try (DataFolder data = DataFolder.open(folder);
                EmbeddedPostgres postgres = start(data, ServerUser.detect())) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(
                                            folder.resolve("secrets.properties"))))
                    .isEqualTo("rw-------");
            assertThat(Sql.ask(postgres.address(), "SHOW fsync")).isEqualTo("on");
            assertThat(Sql.ask(postgres.address(), "SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void saysWhatTheServerLoggedWhenItDoesNotStart() throws Exception {
        try (DataFolder data = DataFolder.open(folder)) {
            start(data, ServerUser.detect()).close();
            Files.writeString(data.postgres().resolve("postgresql.auto.conf"), "no_such = 1\n");
            assertThatThrownBy(() -> start(data, ServerUser.detect()))
                    .isInstanceOf(BackendsUnavailable.class)
                    .hasMessageContaining("no_such")
                    .hasMessageContaining(data.postgresLog().toString());
        }
    }

    @Test
    void runsThroughSetprivWhereNamespacesAreForbiddenAndBack() throws Exception {
        assumeTrue(ServerUser.currentUserId() == 0, "only root needs to become another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (DataFolder data = DataFolder.open(folder)) {
            // given a folder made in a user namespace
            try (EmbeddedPostgres postgres = start(data, ServerUser.detect())) {
                Sql.execute(postgres.address(), "CREATE TABLE kept AS SELECT 7 AS value");
            }

            // when another user runs it
            try (EmbeddedPostgres postgres = start(data, ServerUser.throughSetpriv(65_534))) {
                assertThat(Sql.ask(postgres.address(), "SELECT value FROM kept")).isEqualTo("7");
            }

            // then the first way still works too
            try (EmbeddedPostgres postgres = start(data, ServerUser.detect())) {
                assertThat(Sql.ask(postgres.address(), "SELECT value FROM kept")).isEqualTo("7");
            }
        }
    }

    private static EmbeddedPostgres start(DataFolder data, ServerUser user) {
        PostgresBinaries binaries =
                PostgresLadder.standard(BackendOptions.defaults().cacheFolder())
                        .climb(MajorVersion.of(data.postgres()), _ -> {});
        int port = Ports.choose(ANY, ANY).postgres();
        return EmbeddedPostgres.start(data, binaries, user, port, true, _ -> {});
    }
}
