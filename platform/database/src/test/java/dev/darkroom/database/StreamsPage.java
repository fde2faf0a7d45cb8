package dev.darkroom.database;

import dev.darkroom.schema.Role;
import dev.darkroom.schema.Table;
import dev.darkroom.schema.Table.OldRow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// `docs/streams.md`: the tables, who writes them, and what their changes hold.
final class StreamsPage {
    private static final String HEAD =
            """
            # The change streams

            Generated from the migrated database by `StreamSchemasIT`, which fails when this page is stale. Renew it, and the schemas, with:

                ./mvnw -Dquick -pl platform/database -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=StreamSchemasIT -Dfailsafe.failIfNoSpecifiedTests=false -Dsnapshots=write

            Each table's changes stand on `cdc.<table>`, described by a JSON Schema. What `before` holds of an updated or deleted row
            is the table's choice ([0008](decisions/0008-what-a-change-shows-of-the-old-row.md)).

            | table | what it is | inserted by | key | `before` |
            |---|---|---|---|---|
            """;

    private StreamsPage() {}

    static String of(JdbcClient jdbc, List<PublishedTable> tables) {
        return HEAD
                + Arrays.stream(Table.values())
                        .flatMap(
                                table ->
                                        tables.stream()
                                                .filter(t -> t.name().equals(table.tableName())))
                        .map(table -> line(jdbc, table))
                        .collect(Collectors.joining());
    }

    private static String line(JdbcClient jdbc, PublishedTable table) {
        return "| [%s](../schema/src/main/resources/dev/darkroom/schema/streams/%s.json) | %s | %s | %s | %s |%n"
                .formatted(
                        table.name(),
                        table.name(),
                        table.comment().replace("|", "\\|"),
                        writers(jdbc, table.name()),
                        String.join(", ", table.key()),
                        table.oldRow() == OldRow.WHOLE
                                ? "the whole row"
                                : "the key, of a deleted row");
    }

    private static String writers(JdbcClient jdbc, String table) {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.OWNER)
                .map(Role::roleName)
                .filter(
                        role ->
                                jdbc.sql("select has_table_privilege(:role, :table, 'insert')")
                                        .param("role", role)
                                        .param("table", table)
                                        .query(Boolean.class)
                                        .single())
                .collect(Collectors.joining(", "));
    }
}
