package dev.darkroom.sync.cdc;

import dev.darkroom.schema.Role;
import dev.darkroom.schema.Table;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A row for each table of the library, each written by the role that owns the table.
final class EveryTable {
    static final String ASSET = "00000000-0000-7000-8000-0000000000a1";
    static final String USER = "00000000-0000-7000-8000-0000000000b1";
    static final String ALBUM = "00000000-0000-7000-8000-0000000000c1";

    /// Their rows are inserted and deleted only.
    static final Set<Table> NEVER_UPDATED = Set.of(Table.EMBEDDINGS, Table.NEAR_DUPLICATES);

    private static final String OTHER_ASSET = "00000000-0000-7000-8000-0000000000a2";
    private static final String SPACE = "00000000-0000-7000-8000-0000000000d1";
    private static final String HASH = "sha256:" + "0a".repeat(32);

    private EveryTable() {}

    static void write(StreamHouse house) throws SQLException {
        house.writeAs(Role.INGEST, ingested());
        house.writeAs(Role.THUMBNAIL, thumbnail());
        house.writeAs(Role.EMBEDDING, embedded());
        house.writeAs(Role.SYNC, synced());
        house.writeAs(Role.LIBRARY, edited());
    }

    /// Touches each row that may change.
    static void update(StreamHouse house) throws SQLException {
        for (Table table : Table.values()) {
            if (!NEVER_UPDATED.contains(table)) {
                house.administer("update " + table.tableName() + " set updated_at = now()");
            }
        }
    }

    /// What refers to a row goes before it.
    static void delete(StreamHouse house) throws SQLException {
        for (Table table : Arrays.asList(Table.values()).reversed()) {
            house.administer("delete from " + table.tableName());
        }
    }

    private static String[] ingested() {
        return fill(
                """
                insert into repositories (repository_id, name, path, owner_id, ignore_patterns)
                values ('{repository}', 'main', '/photos', '{user}', '{*.tmp}')""",
                """
                insert into assets (asset_id, repository_id, owner_id, asset_type, original_filename, storage_path,
                    mime_type, file_size, content_hash, duration_seconds, taken_at, specific_metadata)
                values ('{asset}', '{repository}', '{user}', 'audio', 'a.mp3', 'gs://bucket/a.mp3', 'audio/mpeg', 10,
                    '{hash}', 1.5, '1969-07-20 20:17:40.1+00', '{"FrameRate": 29.970, "a": [1, null]}')""",
                """
                insert into assets (asset_id, repository_id, owner_id, asset_type, original_filename, storage_path,
                    mime_type, file_size, content_hash)
                values ('{other}', '{repository}', '{user}', 'photo', 'b.jpg', 'gs://bucket/b.jpg', 'image/jpeg', 10,
                    '{otherHash}')""",
                """
                insert into asset_files (asset_id, role, storage_path, content_hash, file_size, mime_type, keywords)
                values ('{asset}', 'original', 'gs://bucket/a.mp3', '{hash}', 10, 'audio/mpeg', '{"one",NULL}')""",
                """
                insert into audio_tracks (asset_id, asset_version, title, artist, year, duration_seconds, channels)
                values ('{asset}', 1, 'Title', 'Artist', 1999, 1.5, 2)""",
                """
                insert into processing_tasks (asset_id, task, asset_version, status)
                values ('{asset}', 'depth', 1, 'pending')""");
    }

    private static String[] thumbnail() {
        return fill(
                """
                insert into thumbnails (asset_id, size, asset_version, storage_path, content_hash, file_size, width,
                    height, thumbhash)
                values ('{asset}', 'small', 1, 'gs://bucket/t', '{hash}', 1, 2, 3, '\\xfb00ff')""");
    }

    private static String[] embedded() {
        return fill(
                """
                insert into embedding_spaces (space_id, role, model_id, dimension, state)
                values ('{space}', 'visual', 'visual-v1@1', 3, 'active')""",
                """
                insert into embeddings (asset_id, space_id, asset_version, dimension, embedding)
                values ('{asset}', '{space}', 1, 3, '[0.5,-0.25,1.5]')""",
                """
                insert into perceptual_hashes (asset_id, asset_version, pdq, quality)
                values ('{asset}', 1, repeat('01', 128)::bit(256), 100)""",
                """
                insert into near_duplicates (asset_id, duplicate_id, distance) values ('{asset}', '{other}', 4)""",
                """
                insert into capabilities (capability, available, model_id, detail)
                values ('image-similarity', true, 'visual-v1@1', 'pictures that look alike')""",
                """
                insert into species_predictions (asset_id, model_id, rank, asset_version, species_name, confidence)
                values ('{asset}', 'plants@1', 1, 1, 'Bellis perennis', 0.97)""",
                """
                insert into faces (asset_id, asset_version, model_id, box_left, box_top, box_width, box_height,
                    landmarks, confidence, space_id, dimension, embedding)
                values ('{asset}', 1, 'faces@1', 0.1, 0.2, 0.3, 0.4, '[[0.1, 0.2]]', 0.9999, '{space}', 3,
                    '[0.5,-0.5,2.5]')""",
                """
                insert into depth_maps (asset_id, model_id, format, asset_version, storage_path, content_hash,
                    file_size, width, height, processing_params)
                values ('{asset}', 'depth@1', 'png', 1, 'gs://bucket/d', '{hash}', 1, 2, 3,
                    (select jsonb_object_agg(i, md5(i::text)) from generate_series(1, 3000) i))""");
    }

    private static String[] synced() {
        return fill(
                """
                insert into file_records (repository_id, file_path, file_size, mod_time, change_time, device, inode)
                values ('{repository}', 'a\\xff.jpg', 1, now(), now(), 1, 2)""",
                """
                insert into sync_operations (repository_id, operation_type, scan_generation)
                values ('{repository}', 'startup', 1)""");
    }

    private static String[] edited() {
        return fill(
                "insert into people (name, birthdate) values ('Ada', '1815-12-10'), ('Anne', null)",
                """
                insert into relationships (person1_id, person2_id, relationship_type)
                select a.person_id, b.person_id, 'parent' from people a, people b
                where a.name = 'Anne' and b.name = 'Ada'""",
                """
                insert into events (name, event_type, event_date, is_recurring, recurring_type)
                values ('New Year', 'holiday', '2026-01-01', true, 'yearly')""",
                """
                insert into albums (album_id, owner_id, name, cover_asset_id)
                values ('{album}', '{user}', 'Before', '{asset}')""",
                "insert into album_assets (album_id, asset_id) values ('{album}', '{asset}')",
                "insert into tags (name, category) values ('daisy', 'species')",
                """
                insert into asset_tags (asset_id, tag_id, confidence, source)
                select '{asset}', tag_id, 0.5, 'clip' from tags""",
                "insert into locations (name, latitude, longitude) values ('Ulm', 48.4, 9.98)",
                "insert into settings (key, value) values ('theme', '\"dark\"')",
                """
                insert into ai_prompts (name, category, system_prompt, user_prompt)
                values ('Short', 'naming', 'You name pictures.', 'Name this.')""");
    }

    private static String[] fill(String... statements) {
        return List.of(statements).stream()
                .map(
                        statement ->
                                statement
                                        .replace("{repository}", Library.REPOSITORY.toString())
                                        .replace("{asset}", ASSET)
                                        .replace("{other}", OTHER_ASSET)
                                        .replace("{otherHash}", "sha256:" + "0b".repeat(32))
                                        .replace("{user}", USER)
                                        .replace("{album}", ALBUM)
                                        .replace("{space}", SPACE)
                                        .replace("{hash}", HASH))
                .toArray(String[]::new);
    }
}
