package dev.darkroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.schema.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// When an asset is ready.
class ReadinessIT {
    private final UUID repository = UUID.randomUUID();
    private final UUID asset = UUID.randomUUID();
    private HikariDataSource ingestPool;
    private HikariDataSource thumbnailPool;
    private JdbcClient ingest;
    private Readiness readiness;

    @BeforeEach
    void open() throws Exception {
        MigratedDatabase database = MigratedDatabase.create();
        ingestPool = database.pool(Role.INGEST);
        thumbnailPool = database.pool(Role.THUMBNAIL);
        ingest = JdbcClient.create(ingestPool);
        readiness = new Readiness(ingest, new Outbox(ingest, new EventCodec()));
        ingest.sql("insert into repositories (repository_id, name, path) values (?, 'r', '/r')")
                .param(repository)
                .update();
        ingest.sql(
                        """
                        insert into assets (asset_id, repository_id, asset_type, original_filename, storage_path,
                            mime_type, file_size, content_hash)
                        values (?, ?, 'photo', 'a.jpg', 'repo://r/a.jpg', 'image/jpeg', 1, 'sha256:' || repeat('a', 64))
                        """)
                .params(asset, repository)
                .update();
        ingest.sql(
                        """
                        insert into processing_tasks (asset_id, task, asset_version, status)
                        values (?, 'thumbnail', 1, 'pending')
                        """)
                .param(asset)
                .update();
    }

    @AfterEach
    void close() {
        ingestPool.close();
        thumbnailPool.close();
    }

    /// PostgreSQL logs a commit before others see it. Here the moment in between lasts.
    @Test
    void waitsUntilOthersSeeWhatTheLogTells() throws Exception {
        try (Connection worker = thumbnailPool.getConnection();
                Statement statement = worker.createStatement()) {
            // given
            worker.setAutoCommit(false);
            statement.execute(
                    "update processing_tasks set status = 'completed' where asset_id = '%s'"
                            .formatted(asset));
            TaskChange change = settled("completed", transaction(statement));

            // when
            CompletableFuture<Void> told =
                    CompletableFuture.runAsync(() -> readiness.record(List.of(done(change))));
            await("the question")
                    .until(
                            () ->
                                    ingest.sql(
                                                    """
                                                    select count(*) from pg_stat_activity
                                                    where query like '%pg_visible_in_snapshot%' and pid <> pg_backend_pid()
                                                    """)
                                            .query(Long.class)
                                            .single(),
                            count -> count > 0);
            assertThat(told).isNotDone();
            worker.commit();

            // then
            told.get();
            assertThat(readyVersion()).isEqualTo(1);
        }
    }

    /// What is skipped will not come, so nobody waits for it.
    @ParameterizedTest
    @ValueSource(strings = {"completed", "skipped"})
    void takesARowThatWasToldAgainAsItStands(String status) {
        JdbcClient.create(thumbnailPool)
                .sql("update processing_tasks set status = ?::task_status where asset_id = ?")
                .params(status, asset)
                .update();

        readiness.record(List.of(done(settled(status, 0))));

        assertThat(readyVersion()).isEqualTo(1);
    }

    private static long transaction(Statement statement) throws Exception {
        try (ResultSet row =
                statement.executeQuery("select pg_current_xact_id()::text::bigint & 4294967295")) {
            row.next();
            return row.getLong(1);
        }
    }

    private TaskChange settled(String status, long transaction) {
        return new TaskChange(
                asset, "thumbnail", 1, status, true, null, "2026-01-01T00:00:00Z", transaction);
    }

    private static Done<TaskChange, TaskChange> done(TaskChange change) {
        return new Done<>(change, change, Duration.ZERO);
    }

    private long readyVersion() {
        return ingest.sql("select ready_version from assets where asset_id = ?")
                .param(asset)
                .query(Long.class)
                .single();
    }
}
