package dev.darkroom.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.Table;
import dev.darkroom.schema.Table.OldRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What leaves the database on `cdc.*` is what the committed schemas say, column by column.
///
/// When a table was meant to change: run this test with `-Dsnapshots=write` and commit the files.
class StreamSchemasIT {
    private static final Path RESOURCES = Path.of("..", "..", "schema", "src", "main", "resources");

    private static final Path PAGE = Path.of("..", "..", "docs", "streams.md");

    /// What no column on Kafka may be called. The digest of a file's content is no secret.
    private static final Pattern CREDENTIAL =
            Pattern.compile(
                    "passw|passphrase|pwd|secret|token|credential|session|salt|otp|api_?key"
                            + "|private_?key|(?<!content_|blake3_|perceptual_|file_|thumb)hash(?!_pending)");

    private static MigratedDatabase database;
    private static JdbcClient jdbc;

    @BeforeAll
    static void migrate() throws SQLException {
        database = MigratedDatabase.create();
        jdbc = database.asAdmin();
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsWhatTheCommittedSchemaSays(Table table) throws IOException {
        String live = StreamSchema.of(live(table));
        Path file = RESOURCES.resolve(table.schemaResource());
        if ("write".equals(System.getProperty("snapshots"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, live);
        }

        assertThat(file).hasContent(live);
    }

    @Test
    void thePageListsTheStreams() throws IOException {
        String live = StreamsPage.of(jdbc, PublishedTable.all(jdbc));
        if ("write".equals(System.getProperty("snapshots"))) {
            Files.writeString(PAGE, live);
        }

        assertThat(PAGE).hasContent(live);
    }

    @Test
    void noSchemaIsLeftOver() throws IOException {
        Path folder = RESOURCES.resolve(Table.ASSETS.schemaResource()).resolveSibling("");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(Table.values())
                                    .map(table -> table.tableName() + ".json")
                                    .toList());
        }
    }

    @Test
    void aNewColumnThatNobodyCommittedIsNoticed() throws SQLException {
        // given
        JdbcClient changed = MigratedDatabase.create().asAdmin();
        String before = StreamSchema.of(live(changed, Table.ALBUMS));

        // when
        changed.sql("alter table albums add column password_hash text").update();

        // then
        assertThat(StreamSchema.of(live(changed, Table.ALBUMS)))
                .isNotEqualTo(before)
                .contains("password_hash");
    }

    @ParameterizedTest
    @EnumSource
    void aTableSaysWhatItIs(Table table) {
        assertThat(live(table).comment()).isNotEmpty();
    }

    /// PostgreSQL would refuse every update and delete of a table with both, or with a list that
    /// lacks a part of the key.
    @ParameterizedTest
    @EnumSource
    void columnsAreListedUnlessWholeOldRowsAreShown(Table table) {
        PublishedTable live = live(table);

        assertThat(live.oldRow()).isEqualTo(table.oldRow());
        assertThat(live.hasColumnList()).isEqualTo(table.oldRow() == OldRow.KEY);
        assertThat(live.columns().stream().map(PublishedColumn::name)).containsAll(live.key());
    }

    @Test
    void nothingButTheTablesOfTheLibraryIsCaptured() {
        List<String> schemas =
                jdbc.sql(
                                "select distinct schemaname::text from pg_publication_tables where"
                                        + " pubname = 'darkroom_cdc'")
                        .query((row, _) -> row.getString(1))
                        .list();
        Integer wholesale =
                jdbc.sql(
                                "select (select count(*) from pg_publication where puballtables) +"
                                        + " (select count(*) from pg_publication_namespace)")
                        .query(Integer.class)
                        .single();

        assertThat(schemas).as("identity is another database").containsExactly("public");
        assertThat(wholesale).as("for all tables, or for a schema's").isZero();
        assertThat(PublishedTable.all(jdbc).stream().map(PublishedTable::name))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Table.values()).map(Table::tableName).toList());
    }

    @ParameterizedTest
    @EnumSource
    void noColumnIsNamedLikeACredential(Table table) {
        assertThat(live(table).columns().stream().map(PublishedColumn::name))
                .noneMatch(name -> CREDENTIAL.matcher(name).find());
    }

    @Test
    void noTableOfTheDatabaseHasAColumnForACredential() {
        List<String> columns =
                jdbc.sql(
                                "select table_name || '.' || column_name from"
                                        + " information_schema.columns where table_schema = 'public'"
                                        + " and table_name not like 'migrations%'")
                        .query((row, _) -> row.getString(1))
                        .list();

        assertThat(columns).noneMatch(name -> CREDENTIAL.matcher(name).find());
        assertThat(Stream.of("password_hash", "api_key", "refresh_token", "sessions", "hash"))
                .allMatch(name -> CREDENTIAL.matcher(name).find());
    }

    private static PublishedTable live(Table table) {
        return live(jdbc, table);
    }

    private static PublishedTable live(JdbcClient jdbc, Table table) {
        return PublishedTable.named(jdbc, table.tableName())
                .orElseThrow(() -> new AssertionError(table + " is not published"));
    }
}
