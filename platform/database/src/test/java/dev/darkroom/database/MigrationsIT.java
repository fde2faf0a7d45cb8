package dev.darkroom.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Table;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class MigrationsIT {
    @Test
    void appliesBothTracksAndAgainWithoutEffect() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.empty();

        // when
        int applied = database.migrations().migrate();
        int again = database.migrations().migrate();

        // then
        assertThat(applied).isPositive();
        assertThat(again).isZero();
        for (Track track : Track.values()) {
            assertThat(database.migrations().status(track))
                    .isNotEmpty()
                    .allSatisfy(migration -> assertThat(migration.appliedAt()).isNotNull());
        }
    }

    @Test
    void eachTrackRunsWithoutTheOther() throws SQLException {
        for (Track track : Track.values()) {
            // given
            MigratedDatabase database = MigratedDatabase.empty();

            // when
            database.migrations().migrate(track);

            // then
            assertThat(pending(database, track)).isEmpty();
        }
    }

    @Test
    void everyMigrationCanBeUndoneAndAppliedAgain() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        List<String> before = relations(database);

        // when
        database.migrations().undo(Track.APP, Integer.MAX_VALUE);
        database.migrations().undo(Track.INFRA, Integer.MAX_VALUE);
        List<String> undone = relations(database);
        database.migrations().migrate();

        // then
        assertThat(undone).containsOnly("migrations_app", "migrations_infra");
        assertThat(relations(database)).isEqualTo(before);
    }

    @Test
    void saysWhatToRunByHandWhenAMigrationFails() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.empty();
        database.asAdmin().sql("create table assets (in_the_way int)").update();

        // when, then
        assertThatThrownBy(() -> database.migrations().migrate(Track.APP))
                .isInstanceOf(MigrationFailed.class)
                .hasMessageContaining("./darkroom db migrate --track app")
                .hasMessageContaining("assets");
    }

    @Test
    void aServiceCannotWriteAnothersTable() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();

        // then
        assertRefused(database, Role.THUMBNAIL, "delete from assets");
        assertRefused(
                database,
                Role.THUMBNAIL,
                "insert into outbox values (gen_random_uuid(), 'a', 'b', 'c', 'd', '{}')");
        assertRefused(database, Role.INGEST, "delete from thumbnails");
        assertRefused(database, Role.LIBRARY, "update assets set content_hash = 'x'");
        assertRefused(database, Role.EMBEDDING, "update thumbnails set width = 1");
        assertRefused(database, Role.SYNC, "insert into assets default values");
        assertRefused(database, Role.CDC, "delete from assets");
        assertRefused(database, Role.INGEST, "create table mine (id int)");
    }

    @Test
    void aWorkerWritesOnlyTheLedgerRowsOfItsOwnTask() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        String assetId = asset(database);
        String insert =
                "insert into processing_tasks (asset_id, task, asset_version, status) values ('"
                        + assetId
                        + "', '%s', 1, '%s')";

        // then
        run(database, Role.INGEST, insert.formatted("thumbnail", "pending"));
        run(database, Role.INGEST, insert.formatted("ingest", "completed"));
        assertThatThrownBy(
                        () -> run(database, Role.INGEST, insert.formatted("species", "completed")))
                .rootCause()
                .hasMessageContaining("row-level security");
        assertThatThrownBy(
                        () ->
                                run(
                                        database,
                                        Role.THUMBNAIL,
                                        insert.formatted("embedding", "completed")))
                .rootCause()
                .hasMessageContaining("row-level security");
        assertThat(
                        run(
                                database,
                                Role.THUMBNAIL,
                                "update processing_tasks set status = 'completed'"))
                .isEqualTo(1);
    }

    @Test
    void everyTableIsPublishedByNameWithItsColumns() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();

        // when
        List<String> published =
                database.asAdmin()
                        .sql(
                                "select tablename::text from pg_publication_tables where pubname = 'darkroom_cdc' and tablename not in ('outbox', 'heartbeat')")
                        .query((row, _) -> row.getString(1))
                        .list();
        Boolean allTables =
                database.asAdmin()
                        .sql(
                                "select puballtables from pg_publication where pubname = 'darkroom_cdc'")
                        .query(Boolean.class)
                        .single();

        // then
        assertThat(published)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Table.values()).map(Table::tableName).toList());
        assertThat(allTables).isFalse();
    }

    @Test
    void sameBytesOfTheSameOwnerAreOneAssetAlsoWhenNobodyOwnsThem() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        asset(database);

        // when, then
        assertThatThrownBy(() -> asset(database)).isInstanceOf(DataAccessException.class);
    }

    private static String asset(MigratedDatabase database) {
        JdbcClient jdbc = database.asAdmin();
        jdbc.sql("insert into repositories (name, path) values ('r', '/r') on conflict do nothing")
                .update();
        return jdbc.sql(
                        """
                        insert into assets (repository_id, asset_type, original_filename, storage_path, mime_type,
                            file_size, content_hash)
                        select repository_id, 'photo', 'a.jpg', 'repo://x/a.jpg', 'image/jpeg', 1,
                            'sha256:' || repeat('a', 64)
                        from repositories
                        returning asset_id::text
                        """)
                .query(String.class)
                .single();
    }

    private static List<String> pending(MigratedDatabase database, Track track) {
        return database.migrations().status(track).stream()
                .filter(migration -> migration.appliedAt() == null)
                .map(AppliedMigration::version)
                .toList();
    }

    private static List<String> relations(MigratedDatabase database) {
        return database.asAdmin()
                .sql("select tablename::text from pg_tables where schemaname = 'public' order by 1")
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static void assertRefused(MigratedDatabase database, Role role, String sql) {
        assertThatThrownBy(() -> run(database, role, sql))
                .as(role + ": " + sql)
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    private static int run(MigratedDatabase database, Role role, String sql) {
        try (HikariDataSource pool = database.pool(role)) {
            return JdbcClient.create(pool).sql(sql).update();
        }
    }
}
