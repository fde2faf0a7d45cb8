package dev.darkroom.sync.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.database.Login;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.schema.Role;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// No file without its repository: what a foreign key promises, also while others write.
class FilesBelongIT {
    private static final String NO_SUCH_KEY = "23503";
    private static MigratedDatabase database;

    private final UUID id = UUID.randomUUID();
    private JdbcClient admin;

    @BeforeAll
    static void prepare() throws SQLException {
        database = MigratedDatabase.create();
    }

    @BeforeEach
    void addRepository() {
        admin = database.asAdmin();
        admin.sql(
                        "insert into repositories (repository_id, name, path) values (:id, :id, '/' || :id)")
                .param("id", id)
                .update();
    }

    @Test
    void filesOfNoRepositoryAreRefused() throws Exception {
        try (Connection sync = as(Role.SYNC)) {
            UUID nowhere = UUID.randomUUID();

            assertThatThrownBy(() -> insert(sync, nowhere))
                    .isInstanceOf(PSQLException.class)
                    .hasMessageContaining("there is no repository " + nowhere)
                    .satisfies(
                            e ->
                                    assertThat(((SQLException) e).getSQLState())
                                            .isEqualTo(NO_SUCH_KEY));
        }
    }

    @Test
    void filesStayInTheirRepository() throws Exception {
        try (Connection sync = as(Role.SYNC)) {
            insert(sync, id);

            assertThatThrownBy(
                            () ->
                                    run(
                                            sync,
                                            "update file_records set repository_id = gen_random_uuid()"))
                    .hasMessageContaining("stays in its repository");
        }
    }

    @Test
    void filesGoWithTheirRepository() throws Exception {
        try (Connection sync = as(Role.SYNC);
                Connection ingest = as(Role.INGEST)) {
            insert(sync, id);

            delete(ingest);

            assertThat(files()).isZero();
        }
    }

    @Test
    void filesThatComeWhileTheirRepositoryIsDeletedAreRefused() throws Exception {
        try (Connection ingest = as(Role.INGEST);
                Connection sync = as(Role.SYNC)) {
            // given
            ingest.setAutoCommit(false);
            delete(ingest);
            CompletableFuture<Void> inserted = beside(() -> insert(sync, id));
            awaitWaiting();

            // when
            ingest.commit();

            // then
            assertThatThrownBy(() -> inserted.orTimeout(20, TimeUnit.SECONDS).join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("there is no repository " + id);
            assertThat(files()).isZero();
        }
    }

    @Test
    void filesThatComeWhileADeletionIsTakenBackStay() throws Exception {
        try (Connection ingest = as(Role.INGEST);
                Connection sync = as(Role.SYNC)) {
            // given
            ingest.setAutoCommit(false);
            delete(ingest);
            CompletableFuture<Void> inserted = beside(() -> insert(sync, id));
            awaitWaiting();

            // when
            ingest.rollback();

            // then
            inserted.orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(files()).isEqualTo(1);
        }
    }

    @Test
    void aDeletionWaitsForFilesThatComeAndTakesThem() throws Exception {
        try (Connection ingest = as(Role.INGEST);
                Connection sync = as(Role.SYNC)) {
            // given
            sync.setAutoCommit(false);
            insert(sync, id);
            CompletableFuture<Void> deleted = beside(() -> delete(ingest));
            awaitWaiting();

            // when
            sync.commit();

            // then
            deleted.orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(files()).isZero();
        }
    }

    @Test
    void aDeletionThatCouldNotSeeNewFilesIsRefused() throws Exception {
        try (Connection ingest = as(Role.INGEST)) {
            ingest.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);

            assertThatThrownBy(() -> delete(ingest)).hasMessageContaining("read committed");
        }
    }

    private static void insert(Connection connection, UUID repository) throws SQLException {
        run(
                connection,
                "insert into file_records (repository_id, file_path, file_size, mod_time, change_time, device, inode)"
                        + " values ('%s', 'a.jpg', 1, now(), now(), 1, 1)".formatted(repository));
    }

    private void delete(Connection connection) throws SQLException {
        run(connection, "delete from repositories where repository_id = '" + id + "'");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    private static CompletableFuture<Void> beside(Step step) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        step.run();
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                Executors.newVirtualThreadPerTaskExecutor());
    }

    private void awaitWaiting() throws Exception {
        Neighbourhood.await(
                "the other transaction to wait",
                () ->
                        admin.sql(
                                        """
                                        select exists (
                                            select from pg_stat_activity
                                            where datname = current_database() and wait_event_type = 'Lock')
                                        """)
                                .query(Boolean.class)
                                .single());
    }

    private long files() {
        return admin.sql("select count(*) from file_records where repository_id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private static Connection as(Role role) throws SQLException {
        Login login = database.login(role);
        return DriverManager.getConnection(
                database.address().jdbcUrl(), login.user(), login.password());
    }
}
