package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.command.rebuild.AsOf;
import dev.darkroom.command.rebuild.AsOfText;
import dev.darkroom.command.rebuild.Rebuild;
import dev.darkroom.command.rebuild.RebuildRequest;
import dev.darkroom.command.watch.Tail;
import dev.darkroom.command.watch.TailLines;
import dev.darkroom.command.watch.TailRequest;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Table;
import dev.darkroom.streams.ChangeFilter;
import dev.darkroom.streams.ChangeFormat;
import dev.darkroom.streams.Op;
import dev.darkroom.streams.PatternFormat;
import dev.darkroom.streams.StartAt;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What analysts do, against the whole system and changes of every kind.
class AnalystIT {
    private static final String SPACE =
            "select space_id from embedding_spaces where role = 'r' || substr(md5(:asset::text), 1, 8)";

    /// Vectors, dates, whole old rows, JSON's own null, and rows that point at each other.
    private static final List<String> VARIETY =
            List.of(
                    "insert into embedding_spaces (role, model_id, dimension) values"
                            + " ('r' || substr(md5(:asset::text), 1, 8), 'm@d', 3)",
                    "insert into embeddings (asset_id, space_id, asset_version, dimension, embedding)"
                            + " select :asset::uuid, space_id, 1, 3, '[0.1,-0,65504]' from ("
                            + SPACE
                            + ") s",
                    "insert into people (person_id, name, birthdate) values (:asset::uuid, 'Ä',"
                            + " '1999-12-31')",
                    "insert into faces (face_id, asset_id, asset_version, person_id, model_id, box_left,"
                            + " box_top, box_width, box_height, landmarks, confidence) values"
                            + " (:asset::uuid, :asset::uuid, 1, :asset::uuid, 'm@d', 0.1, 0.2, 0.3,"
                            + " 0.40000, '[[0.10, 2e-3]]', 0.5)",
                    "update people set representative_face_id = :asset::uuid where person_id ="
                            + " :asset::uuid",
                    "insert into events (name, event_type, event_date, person_id) values ('x',"
                            + " 'birthday', '2024-02-29', :asset::uuid)",
                    "insert into settings (key, value) values ('k' || :asset::text, 'null')",
                    "insert into users (user_id, username) values (:asset::uuid, 'u' ||"
                            + " :asset::text)",
                    "insert into albums (album_id, owner_id, name, kind, smart_rules) values"
                            + " (:asset::uuid, :asset::uuid, 'n', 'smart', '{\"a\": [1, 2.0]}')",
                    "update albums set name = 'm' where album_id = :asset::uuid");

    private final House house = House.shared();
    private final UUID repository = UUID.randomUUID();
    private final String name = "analyst-" + repository;

    private UUID insertAsset(String filename, int rating, String description) throws Exception {
        UUID id = UUID.randomUUID();
        house.as(Role.INGEST)
                .sql(
                        """
                        insert into assets (asset_id, repository_id, asset_type, original_filename,
                            storage_path, mime_type, file_size, content_hash, rating, description,
                            camera_make, aperture, latitude, longitude, taken_at, specific_metadata)
                        values (:id, :repository, 'photo', :filename, 'repo://x/' || :id, 'image/jpeg',
                            9007199254740993, 'sha256:' || encode(sha256(:id::text::bytea), 'hex'),
                            :rating, :description, 'Canon', 1.80, 48.12345678, -11.50000000,
                            '2024-02-29T23:59:59.999999Z',
                            '{"a": {"b": [1, 2.50, null, "\\u00fc \\\\ \\""]}, "e": 1e-9}')
                        """)
                .param("id", id)
                .param("repository", repository)
                .param("filename", filename)
                .param("rating", rating)
                .param("description", description)
                .update();
        return id;
    }

    /// The system is everybody's, and no service made these rows.
    @AfterEach
    void leaveNothing() throws IOException {
        house.as(Role.INGEST)
                .sql("delete from repositories where repository_id = :id")
                .param("id", repository)
                .update();
    }

    private void insertRepository() throws Exception {
        house.as(Role.INGEST)
                .sql(
                        "insert into repositories (repository_id, name, path, ignore_patterns) values"
                                + " (:id, :name, :path, array['*.tmp', 'a \"b\", {c}', '', 'ü\\x'])")
                .param("id", repository)
                .param("name", name)
                .param("path", "/analyst/" + repository)
                .update();
    }

    /// Every kind of column and every kind of change.
    private UUID changeEverything() throws Exception {
        insertRepository();
        JdbcClient ingest = house.as(Role.INGEST);
        // Long and random enough that PostgreSQL stores it elsewhere and does not log it again.
        String toast =
                house.query(
                                "select string_agg(md5(random()::text), ' \\\n\t') from"
                                        + " generate_series(1, 2000)")
                        .getFirst();
        UUID kept = insertAsset("kept \"a\\b\"\t.jpg", 1, toast);
        UUID gone = insertAsset("gone.jpg", 2, toast);
        ingest.sql("update assets set rating = 5 where asset_id = :id").param("id", kept).update();
        ingest.sql("update assets set liked = true, iso = 100 where asset_id = :id")
                .param("id", kept)
                .update();
        ingest.sql(
                        "insert into asset_files (asset_id, role, storage_path, content_hash, file_size,"
                                + " mime_type, keywords) select asset_id, 'original', storage_path,"
                                + " content_hash, 1, 'image/jpeg', array['a,b', 'null', '\"'] from assets"
                                + " where asset_id in (:kept, :gone)")
                .param("kept", kept)
                .param("gone", gone)
                .update();
        house.as(Role.THUMBNAIL)
                .sql(
                        "insert into thumbnails (asset_id, size, asset_version, storage_path,"
                                + " content_hash, file_size, width, height, thumbhash) select asset_id,"
                                + " 'small', 1, 'repo://x/t', content_hash, 1, 1, 1, '\\x00ff5c0a27'"
                                + " from assets where asset_id in (:kept, :gone)")
                .param("kept", kept)
                .param("gone", gone)
                .update();
        ingest.sql("delete from assets where asset_id = :id").param("id", gone).update();
        // The key of a row changes.
        ingest.sql("update asset_files set file_id = gen_random_uuid() where asset_id = :id")
                .param("id", kept)
                .update();
        house.as(Role.SYNC)
                .sql(
                        "insert into file_records (repository_id, file_path, file_size, mod_time,"
                                + " change_time, device, inode) select :id, 'odd\\xff\\\\' || i, i, now(),"
                                + " '1969-12-31T23:59:59.5Z', 1, i from generate_series(1, 50) i")
                .param("id", repository)
                .update();
        house.as(Role.SYNC)
                .sql(
                        "update file_records set file_path = 'moved' || file_path where repository_id ="
                                + " :id and inode < 10")
                .param("id", repository)
                .update();
        return kept;
    }

    private void changeWhatPeopleAndModelsWrite(UUID asset) throws Exception {
        JdbcClient owner = house.as(Role.OWNER);
        for (String statement : VARIETY) {
            owner.sql(statement).param("asset", asset).update();
        }
    }

    private void awaitPublished() throws Exception {
        String end = house.query("select pg_current_wal_insert_lsn()::text").getFirst();
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () ->
                                house.query(
                                                "select confirmed_flush_lsn >= '"
                                                        + end
                                                        + "' from pg_replication_slots where"
                                                        + " slot_name = 'darkroom_cdc'")
                                        .equals(List.of("t")));
    }

    private Rebuild.Copy rebuild(String database, Optional<Instant> until) throws Exception {
        return new Rebuild(
                        new RebuildRequest(
                                house.running().kafka(),
                                target(database),
                                house.administrator(),
                                EnumSet.allOf(Table.class),
                                until,
                                false),
                        _ -> {})
                .run();
    }

    private DatabaseAddress target(String database) {
        return new DatabaseAddress(
                house.running().databaseHost(), house.running().databasePort(), database);
    }

    private static Map<String, List<String>> contents(String jdbcUrl, Login login)
            throws SQLException {
        Map<String, List<String>> contents = new TreeMap<>();
        try (Connection connection =
                DriverManager.getConnection(jdbcUrl, login.user(), login.password())) {
            for (Table table : Table.values()) {
                List<String> rows = new ArrayList<>();
                try (ResultSet row =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select t::text from "
                                                + table.tableName()
                                                + " t order by 1")) {
                    while (row.next()) {
                        rows.add(row.getString(1));
                    }
                }
                contents.put(table.tableName(), rows);
            }
        }
        return contents;
    }

    @Test
    void theCopyIsTheDatabaseByteForByte() throws Exception {
        changeWhatPeopleAndModelsWrite(changeEverything());
        awaitPublished();

        Rebuild.Copy copy = rebuild("analyst_copy", Optional.empty());

        Login admin = house.administrator();
        Map<String, List<String>> source = contents(house.running().jdbcUrl(), admin);
        assertThat(contents(target("analyst_copy").jdbcUrl(), admin)).isEqualTo(source);
        assertThat(copy.tables())
                .allSatisfy(
                        table ->
                                assertThat(table.rows())
                                        .isEqualTo(rowCount(source, table.table())));
        assertThat(rowCount(source, Table.ASSETS)).isPositive();
    }

    private List<String> tail(ChangeFilter filter, TailLines lines) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Tail tail = new Tail(house.running().kafka())) {
            tail.run(
                    new TailRequest(
                            List.of("cdc.assets", "cdc.file_records"),
                            filter,
                            new StartAt.Beginning(),
                            OptionalLong.empty(),
                            true),
                    lines,
                    out);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void tailAndHttpGiveTheSameChangesForTheSameFilter() throws Exception {
        UUID asset = changeEverything();
        awaitPublished();
        String where =
                "row.repository_id == \"%s\" && (table == \"file_records\" ? before.file_path != after.file_path : row.rating == 5)"
                        .formatted(repository);

        List<String> tailed =
                tail(
                        ChangeFilter.of(Op.of(List.of("u")), where),
                        new TailLines.Changes(ChangeFormat.flat()));

        // 9 files moved, and of the asset's two updates both leave the rating at 5.
        assertThat(tailed).hasSize(11);
        assertThat(tailed).filteredOn(line -> line.contains(asset.toString())).hasSize(2);
        assertThat(events("assets,file_records", "u", where, tailed.size()))
                .containsExactlyInAnyOrderElementsOf(tailed);
    }

    private List<String> events(String tables, String ops, String where, int count)
            throws Exception {
        URI uri =
                house.running()
                        .sync()
                        .resolve(
                                "/api/changes/%s?op=%s&from=beginning&where=%s"
                                        .formatted(
                                                tables,
                                                ops,
                                                URLEncoder.encode(where, StandardCharsets.UTF_8)));
        List<String> events = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        http.send(
                                                        HttpRequest.newBuilder(uri).build(),
                                                        HttpResponse.BodyHandlers.ofInputStream())
                                                .body(),
                                        StandardCharsets.UTF_8))) {
            while (events.size() < count) {
                String line = lines.readLine();
                if (line == null) {
                    throw new AssertionError("the stream ended after " + events);
                }
                if (line.startsWith("data: ")) {
                    events.add(line.substring(6));
                }
            }
            http.shutdownNow();
        }
        return events;
    }

    @Test
    void aPatternSaysWhatALineHolds() throws Exception {
        insertRepository();
        UUID asset = insertAsset("pattern.jpg", 3, "");
        awaitPublished();

        List<String> lines =
                tail(
                        ChangeFilter.of(
                                Op.of(List.of()), "key.asset_id == \"%s\"".formatted(asset)),
                        new TailLines.Changes(
                                PatternFormat.of("%t %o %k %{original_filename} %{aperture}")));

        assertThat(lines).containsExactly("assets c " + asset + " pattern.jpg 1.80");
    }

    @Test
    void tellsWhatAnAssetAndItsSlicesWereAtATime() throws Exception {
        Instant before = databaseTime();
        UUID asset = changeEverything();
        Instant changed = databaseTime();
        house.as(Role.INGEST)
                .sql("delete from assets where asset_id = :id")
                .param("id", asset)
                .update();
        awaitPublished();

        try (AsOf asOf = new AsOf(house.running().kafka())) {
            AsOf.Answer then = asOf.asset(asset.toString(), changed);
            AsOf.Answer now = asOf.asset(asset.toString(), Instant.now());
            AsOf.Answer early = asOf.asset(asset.toString(), before);

            assertThat(then.rows().keySet()).containsExactly("assets", "asset_files", "thumbnails");
            JsonNode row = rows(then, "assets").getFirst().row();
            assertThat(row.path("rating").asInt()).isEqualTo(5);
            assertThat(row.path("description").asString()).hasSizeGreaterThan(64_000);
            assertThat(rows(then, "assets").getFirst().changes()).isEqualTo(3);
            assertThat(then.reach().doubts()).isEmpty();
            assertThat(now.isEmpty()).isTrue();
            assertThat(AsOfText.absence(now)).contains("deleted at");
            assertThat(AsOfText.absence(early)).contains("created at");
            JsonNode json = JsonMapper.shared().readTree(AsOfText.json(then));
            assertThat(json.at("/tables/thumbnails/0/row/size").asString()).isEqualTo("small");
        }
    }

    @Test
    void findsARowByItsKey() throws Exception {
        UUID asset = changeEverything();
        awaitPublished();

        try (AsOf asOf = new AsOf(house.running().kafka())) {
            AsOf.Answer answer = asOf.row("thumbnails", asset + "/small", Instant.now());

            assertThat(rows(answer, "thumbnails")).hasSize(1);
            assertThat(AsOfText.table(answer, 120)).contains("thumbhash", "AP9cCic=");
        }
    }

    private static int rowCount(Map<String, List<String>> contents, Table table) {
        return contents.getOrDefault(table.tableName(), List.of()).size();
    }

    private static List<AsOf.Row> rows(AsOf.Answer answer, String table) {
        return answer.rows().getOrDefault(table, List.of());
    }

    /// Commits are told in milliseconds: one passes on each side.
    private Instant databaseTime() throws Exception {
        return Instant.parse(
                house.query(
                                "select to_char(date_trunc('milliseconds', clock_timestamp()) at time"
                                        + " zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') from"
                                        + " pg_sleep(0.005)")
                        .getFirst());
    }
}
