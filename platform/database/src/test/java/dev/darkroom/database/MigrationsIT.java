package dev.darkroom.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Table;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
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
        assertRefused(database, Role.INGEST, "delete from embeddings");
        assertRefused(database, Role.EMBEDDING, "update people set name = 'x'");
        assertRefused(database, Role.LIBRARY, "delete from faces");
        assertRefused(database, Role.LIBRARY, "delete from depth_maps");
        assertRefused(database, Role.LIBRARY, "update audio_tracks set title = 'x'");
        assertRefused(database, Role.THUMBNAIL, "select email from users");
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

    /// It passes by row-level security, so what it may touch at all is told here in full
    /// (docs/decisions/0021).
    @Test
    void changeDataCaptureReadsWhatIsPublishedAndTouchesNothingElse() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        String relations =
                "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n"
                        + " on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f')"
                        + " and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')"
                        + " and (%s)";
        String published =
                "select schemaname || '.' || tablename from pg_publication_tables"
                        + " where pubname = 'darkroom_cdc'";

        // when, then
        assertThat(
                        texts(
                                database,
                                relations.formatted(
                                        "has_any_column_privilege('darkroom_cdc', c.oid, 'select')")))
                .as("what it may read")
                .containsExactlyInAnyOrderElementsOf(texts(database, published));
        assertThat(
                        texts(
                                database,
                                relations.formatted(
                                        "has_any_column_privilege('darkroom_cdc', c.oid,"
                                                + " 'insert, update, references') or"
                                                + " has_table_privilege('darkroom_cdc', c.oid,"
                                                + " 'delete, truncate, trigger')")))
                .as("what it may write")
                .containsExactly("public.heartbeat");
        assertThat(
                        texts(
                                database,
                                "select rolname::text from pg_roles where pg_has_role('darkroom_cdc', oid,"
                                        + " 'member') or (rolname = 'darkroom_cdc' and (rolsuper or"
                                        + " rolcreatedb or rolcreaterole))"))
                .as("whose rights it has")
                .containsExactly("darkroom_cdc");
        assertRefused(database, Role.CDC, "create table mine (id int)");
    }

    /// Credentials will live in a database of their own, and a slot reads one database.
    @Test
    void changeDataCaptureCannotLogInToAnotherDatabaseOfDarkroom() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();

        // when
        database.asAdmin().sql("create database identity_of_test").update();
        try {
            database.asAdmin().sql("revoke all on database identity_of_test from public").update();

            // then
            assertThat(
                            texts(
                                    database,
                                    "select datname::text from pg_database where datname ="
                                            + " 'identity_of_test' and has_database_privilege("
                                            + "'darkroom_cdc', oid, 'connect')"))
                    .isEmpty();
        } finally {
            database.asAdmin().sql("drop database identity_of_test").update();
        }
    }

    @Test
    void sameBytesOfTheSameOwnerAreOneAssetAlsoWhenNobodyOwnsThem() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        asset(database);

        // when, then
        assertThatThrownBy(() -> asset(database)).isInstanceOf(DataAccessException.class);
    }

    @Test
    void anOwnerWhomNobodyKnowsYetGetsABareProfile() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        asset(database);
        UUID owner = UUID.randomUUID();

        // when
        run(database, Role.INGEST, "update assets set owner_id = '%s'".formatted(owner));
        run(
                database,
                Role.INGEST,
                "insert into repositories (name, path, owner_id) values ('mine', '/mine', '%s')"
                        .formatted(owner));

        // then
        assertThat(texts(database, "select username from users")).containsExactly("user-" + owner);
        assertRefused(database, Role.INGEST, "insert into users (username) values ('eve')");
    }

    @Test
    void aDeletedUsersAssetsBelongToNobodyAndSecondCopiesAreInTheTrash() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        asset(database);
        run(
                database,
                Role.INGEST,
                "update assets set owner_id = '%s'".formatted(UUID.randomUUID()));
        asset(database);
        run(
                database,
                Role.LIBRARY,
                "insert into albums (owner_id, name) select user_id, 'Trip' from users");

        // when
        run(database, Role.LIBRARY, "delete from users");

        // then
        assertThat(
                        texts(
                                database,
                                "select coalesce(owner_id::text, 'nobody') || ' ' || (deleted_at is not"
                                        + " null) from assets order by asset_no"))
                .containsExactly("nobody true", "nobody false");
        assertThat(texts(database, "select name from albums")).isEmpty();
    }

    @Test
    void anEmbeddingIsNeverUpdatedAndHasTheLengthOfItsSpace() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        String asset = asset(database);
        run(
                database,
                Role.EMBEDDING,
                "insert into embedding_spaces (role, model_id, dimension) values ('visual', 'm@1', 2)");
        String insert =
                "insert into embeddings (asset_id, space_id, asset_version, dimension, embedding)"
                        + " select '%s', space_id, 1, %d, '%s' from embedding_spaces";

        // then
        assertThatThrownBy(
                        () -> run(database, Role.EMBEDDING, insert.formatted(asset, 3, "[1,2,3]")))
                .rootCause()
                .hasMessageContaining("expected 2 dimensions, not 3");
        assertThatThrownBy(
                        () -> run(database, Role.EMBEDDING, insert.formatted(asset, 2, "[1,2,3]")))
                .rootCause()
                .hasMessageContaining("check constraint");
        run(database, Role.EMBEDDING, insert.formatted(asset, 2, "[1,2]"));
        assertRefused(database, Role.EMBEDDING, "update embeddings set asset_version = 2");
    }

    @Test
    void aSpaceHasAPartitionWithItsIndexAsLongAsItLives() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        String asset = asset(database);
        run(
                database,
                Role.EMBEDDING,
                "insert into embedding_spaces (role, model_id, dimension) values ('visual', 'm@1', 2)");
        run(
                database,
                Role.EMBEDDING,
                "insert into embeddings (asset_id, space_id, asset_version, dimension, embedding)"
                        + " select '%s', space_id, 1, 2, '[1,2]' from embedding_spaces"
                                .formatted(asset));
        String indexes =
                "select substring(indexdef from 'USING .*') from pg_indexes where schemaname = 'vectors'"
                        + " and indexname like '%_idx'";

        // then
        assertThat(texts(database, indexes))
                .containsExactly(
                        "USING hnsw (((embedding)::halfvec(2)) halfvec_cosine_ops) WITH (m='16',"
                                + " ef_construction='64')");
        index(database, "'ivfflat', 1");
        assertThat(texts(database, indexes))
                .containsExactly(
                        "USING ivfflat (((embedding)::halfvec(2)) halfvec_cosine_ops) WITH (lists='1')");
        index(database, "'exact'");
        assertThat(texts(database, indexes)).isEmpty();
        assertThat(texts(database, "select index_kind from embedding_spaces"))
                .containsExactly("exact");
        assertRefused(database, Role.LIBRARY, "select build_space_index(null, 'exact')");
        run(database, Role.EMBEDDING, "delete from embedding_spaces");
        assertThat(texts(database, "select tablename from pg_tables where schemaname = 'vectors'"))
                .isEmpty();
    }

    private static void index(MigratedDatabase database, String kind) {
        try (HikariDataSource pool = database.pool(Role.EMBEDDING)) {
            JdbcClient.create(pool)
                    .sql("select build_space_index(space_id, " + kind + ") from embedding_spaces")
                    .query((row, _) -> row.getString(1))
                    .list();
        }
    }

    @Test
    void settingsAreOnePerKeyAndHoldNoSecrets() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        String insert = "insert into settings (key, value) values ('%s', '1')";

        // when
        run(database, Role.LIBRARY, insert.formatted("theme"));

        // then
        for (String key : List.of("theme", "openai_api_key", "smtp.password", "refreshToken")) {
            assertThatThrownBy(() -> run(database, Role.LIBRARY, insert.formatted(key)))
                    .as(key)
                    .rootCause()
                    .hasMessageContaining("settings_");
        }
    }

    @Test
    void everyTableThatHasATimeOfChangeKeepsItItself() throws SQLException {
        // given
        MigratedDatabase database = MigratedDatabase.create();

        // then
        assertThat(
                        texts(
                                database,
                                """
                                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                                where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                                    and a.attname = 'updated_at'
                                    and not exists (
                                        select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
                                        where t.tgrelid = c.oid and p.proname = 'update_updated_at_column')
                                """))
                .isEmpty();
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

    /// Tables, views, functions and types of ours, wherever they are.
    private static List<String> relations(MigratedDatabase database) {
        return texts(
                database,
                """
                select relname from pg_class
                where relowner = 'darkroom_owner'::regrole and relkind in ('r', 'p', 'v')
                union all
                select proname from pg_proc where proowner = 'darkroom_owner'::regrole
                union all
                select typname from pg_type where typowner = 'darkroom_owner'::regrole and typtype = 'e'
                union all
                select nspname from pg_namespace where nspowner = 'darkroom_owner'::regrole and nspname <> 'public'
                order by 1
                """);
    }

    private static List<String> texts(MigratedDatabase database, String sql) {
        return database.asAdmin().sql(sql).query((row, _) -> row.getString(1)).list();
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
