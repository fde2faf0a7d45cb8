package dev.darkroom.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.schema.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The reference systems' names answer, with their columns and in their words, to a service's role.
class ReferenceViewsIT {
    private static final String PHOTO = "00000000-0000-7000-8000-0000000000a1";
    private static final String SONG = "00000000-0000-7000-8000-0000000000a2";
    private static final String HASH = "0a".repeat(32);

    private static final String ROWS =
            """
            insert into users (user_id, username) values ('{ann}', 'ann');
            insert into repositories (repository_id, name, path) values ('{repository}', 'r', '/r');
            insert into assets (asset_id, repository_id, asset_type, original_filename, storage_path, mime_type,
                file_size, content_hash, specific_metadata)
            values
                ('{photo}', '{repository}', 'photo', 'a.jpg', 'gs://bucket/a.jpg', 'image/jpeg', 1, 'sha256:{hash}',
                    '{"FrameRate": 29.97}'),
                ('{song}', '{repository}', 'audio', 'b.mp3', 'gs://bucket/b.mp3', 'audio/mpeg', 1,
                    'sha256:' || repeat('ff', 32), '{}');
            insert into asset_files (asset_id, role, storage_path, content_hash, file_size, mime_type)
            values ('{photo}', 'original', 'gs://bucket/a.jpg', 'sha256:{hash}', 1, 'image/jpeg');
            insert into thumbnails (asset_id, size, asset_version, storage_path, content_hash, file_size, width, height)
            values ('{photo}', 'small', 1, 'gs://bucket/t', 'sha256:{hash}', 1, 2, 3);
            insert into audio_tracks (asset_id, asset_version, title, artist) values ('{song}', 1, 'Song', 'Singer');
            insert into processing_tasks (asset_id, task, asset_version, status)
            values ('{photo}', 'depth', 1, 'dead'), ('{song}', 'ingest', 1, 'completed');
            insert into embedding_spaces (space_id, role, model_id, dimension, state)
            values ('{space}', 'visual', 'visual-v1@1', 2, 'active');
            insert into embeddings (asset_id, space_id, asset_version, dimension, embedding)
            values ('{photo}', '{space}', 1, 2, '[0.5,1.5]');
            insert into species_predictions (asset_id, model_id, rank, asset_version, species_name, confidence)
            values ('{photo}', 'plants@1', 1, 1, 'Bellis perennis', 0.97);
            insert into depth_maps (asset_id, model_id, format, asset_version, storage_path, content_hash, file_size,
                width, height)
            values ('{photo}', 'depth@1', 'png', 1, 'gs://bucket/d', 'sha256:{hash}', 1, 2, 3);
            insert into people (name) values ('Ada'), ('Anne');
            insert into faces (asset_id, asset_version, person_id, model_id, box_left, box_top, box_width, box_height,
                confidence)
            select '{photo}', 1, person_id, 'faces@1', 0.1, 0.2, 0.3, 0.4, 0.88 from people where name = 'Ada';
            insert into relationships (person1_id, person2_id, relationship_type)
            select a.person_id, b.person_id, 'parent' from people a, people b where a.name = 'Anne' and b.name = 'Ada';
            insert into events (name, event_type, event_date) values ('New Year', 'holiday', '2026-01-01');
            insert into albums (owner_id, name) values ('{ann}', 'Trip');
            insert into album_assets (album_id, asset_id) select album_id, '{photo}' from albums;
            insert into tags (name) values ('daisy');
            insert into asset_tags (asset_id, tag_id) select '{photo}', tag_id from tags;
            insert into locations (name, latitude, longitude) values ('Ulm', 48.4, 9.98);
            insert into settings (key, value) values ('theme', '"dark"');
            insert into settings (owner_id, key, value) values ('{ann}', 'theme', '"light"');
            insert into ai_prompts (name, category, system_prompt, user_prompt)
            values ('Short', 'naming', 'You name pictures.', 'Name this.')
            """;

    private static MigratedDatabase database;
    private static HikariDataSource pool;
    private static JdbcClient library;

    @BeforeAll
    static void fill() throws SQLException {
        database = MigratedDatabase.create();
        database.asAdmin()
                .sql(
                        ROWS.replace("{photo}", PHOTO)
                                .replace("{song}", SONG)
                                .replace("{ann}", "00000000-0000-7000-8000-0000000000b1")
                                .replace("{repository}", "00000000-0000-7000-8000-0000000000c1")
                                .replace("{space}", "00000000-0000-7000-8000-0000000000d1")
                                .replace("{hash}", HASH))
                .update();
        pool = database.pool(Role.LIBRARY);
        library = JdbcClient.create(pool);
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    static Stream<Arguments> queries() {
        return Stream.of(
                // Pictallion
                answer("select original_filename from media_assets order by 1", "a.jpg", "b.mp3"),
                answer(
                        "select tier || ' ' || file_hash from file_versions where media_asset_id = '%s'"
                                .formatted(PHOTO),
                        "bronze " + HASH),
                answer("select name || ' ' || is_smart_collection from collections", "Trip false"),
                answer(
                        "select v.file_path from collection_photos p join file_versions v on v.id ="
                                + " p.photo_id",
                        "gs://bucket/a.jpg"),
                answer("select tag || usage_count from global_tag_library", "daisy1"),
                answer(
                        "select confidence || ' ' || bounding_box from pictallion.faces",
                        "88 {\"top\": 0.20000, \"left\": 0.10000, \"width\": 0.30000, \"height\": 0.40000}"),
                answer(
                        "select name || face_count from pictallion.people order by 1",
                        "Ada1",
                        "Anne0"),
                answer("select relationship_type from pictallion.relationships", "parent"),
                answer("select type || ' ' || date from pictallion.events", "holiday 2026-01-01"),
                answer(
                        "select latitude || ' ' || radius from pictallion.locations",
                        "48.40000000 100"),
                answer("select value from pictallion.settings where key = 'theme'", "dark"),
                answer("select user_prompt from pictallion.ai_prompts", "Name this."),
                answer("select username from pictallion.users", "ann"),
                // ImmichVR
                answer(
                        "select media_type || ' ' || frame_rate || ' ' || checksum from media_items",
                        "photo 29.97 " + HASH),
                answer(
                        "select status from processing_queue where media_item_id = '%s'"
                                .formatted(PHOTO),
                        "failed"),
                answer(
                        "select status || ' ' || count from processing_queue_summary order by 1",
                        "completed 1",
                        "failed 1"),
                answer(
                        "select model_name || ' ' || model_version || ' ' || file_path from depth_map_cache",
                        "depth 1 gs://bucket/d"),
                answer(
                        "select original_filename || ' ' || processing_status || ' ' || depth_map_path"
                                + " from media_processing_status",
                        "a.jpg failed gs://bucket/d"),
                // Loist
                answer(
                        "select title || ' ' || status || ' ' || audio_gcs_path from loist.audio_tracks",
                        "Song COMPLETED gs://bucket/b.mp3"),
                answer(
                        "select title from loist.audio_tracks where search_vector @@"
                                + " plainto_tsquery('simple', 'singer')",
                        "Song"),
                // Lumilio
                answer(
                        "select type || ' ' || id from lumilio.assets order by id",
                        "image 1",
                        "audio 2"),
                answer("select size_type from lumilio.thumbnails", "150"),
                answer(
                        "select model_version || ' ' || (embedding <=> '[0.5,1.5]')::text from lumilio.embeddings",
                        "visual-v1@1 0"),
                answer(
                        "select species_name || ' ' || confidence from lumilio.species_predictions",
                        "Bellis perennis 0.9700"));
    }

    private static Arguments answer(String query, String... rows) {
        return Arguments.of(query, List.of(rows));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aNameOfAReferenceSystemAnswers(String query, List<String> rows) {
        assertThat(library.sql(query).query((row, _) -> row.getString(1)).list())
                .containsExactlyElementsOf(rows);
    }

    /// So that grants and, one day, row-level security hold for whoever asks.
    @Test
    void everyViewRunsWithTheRightsOfWhoeverAsks() {
        List<String> others =
                library.sql(
                                """
                                select c.relname from pg_class c
                                where c.relkind = 'v' and c.relowner = 'darkroom_owner'::regrole
                                    and not coalesce(c.reloptions @> '{security_invoker=true}', false)
                                """)
                        .query((row, _) -> row.getString(1))
                        .list();

        assertThat(others).isEmpty();
    }

    @Test
    void aTakenNameIsFoundThroughTheSearchPathOfItsSystem() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local search_path to loist, public");

            try (ResultSet row = statement.executeQuery("select status from audio_tracks")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("COMPLETED");
            }
        }
    }
}
