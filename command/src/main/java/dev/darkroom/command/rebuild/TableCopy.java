package dev.darkroom.command.rebuild;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import dev.darkroom.command.rebuild.Catalogue.Column;
import dev.darkroom.schema.Table;
import dev.darkroom.streams.Op;
import dev.darkroom.streams.RowText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// One table: its changes go into a table of their own, PostgreSQL sorts them, and of each key the
/// last one becomes the row.
///
/// So the order in which changes arrive does not matter, none counts twice, and this process needs
/// no memory for them.
final class TableCopy {
    static final String WORKSHOP = "rebuild_workshop";

    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private final Connection connection;
    private final String table;
    private final List<Column> columns;

    TableCopy(Connection connection, Table table) throws SQLException {
        this.connection = connection;
        this.table = table.tableName();
        this.columns = Catalogue.columns(connection, "public." + this.table);
    }

    /// Where its changes are put.
    static final class Changes implements AutoCloseable {
        private final CopyIn copy;

        private Changes(CopyIn copy) {
            this.copy = copy;
        }

        void add(RowText change) throws SQLException {
            StringBuilder line = new StringBuilder(512);
            escape(line, change.key());
            line.append('\t').append(change.lsn()).append('\t').append(change.op().letter());
            line.append('\t');
            String after = change.after();
            if (after == null) {
                line.append("\\N");
            } else {
                escape(line, after);
            }
            line.append('\t');
            if (change.unchanged().isEmpty()) {
                line.append("\\N");
            } else {
                escape(
                        line,
                        change.unchanged().stream()
                                .map(name -> '"' + name + '"')
                                .collect(Collectors.joining(",", "{", "}")));
            }
            byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
        }

        private static void escape(StringBuilder line, String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '\\' -> line.append("\\\\");
                    case '\t' -> line.append("\\t");
                    case '\n' -> line.append("\\n");
                    case '\r' -> line.append("\\r");
                    default -> line.append(c);
                }
            }
        }

        void end() throws SQLException {
            copy.endCopy();
        }

        @Override
        public void close() throws SQLException {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    Changes open() throws SQLException {
        execute(
                "create unlogged table #changes"
                        + " (key text, lsn bigint, op text, after json, unchanged text[])");
        return new Changes(
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(named("copy #changes from stdin")));
    }

    /// How many changes had come before, by key and LSN.
    long duplicates() throws SQLException {
        return number("select count(*) - count(distinct (key, lsn)) from #changes");
    }

    /// Makes the rows.
    ///
    /// @return how many
    long insertRows() throws SQLException {
        String last =
                """
                create unlogged table #rows as
                select distinct on (key) key, lsn, op, after, unchanged
                from #changes
                where op <> 't'
                    and lsn > (select coalesce(max(lsn), -1) from #changes where op = 't')
                order by key, lsn desc
                """;
        execute(last);
        execute("delete from #rows where op = '" + Op.DELETE.letter() + "'");
        fillInWhatWasUnchanged();
        execute("analyze #rows");
        execute(
                "insert into public.%s (%s) overriding system value select %s from %s"
                        .formatted(
                                table,
                                list(columns, Column::quoted),
                                list(columns, this::value),
                                rows()));
        advanceSequences();
        return number("select count(*) from public." + table);
    }

    /// A value that the last change left alone is that of the latest change that has it, since the
    /// row came into being.
    private void fillInWhatWasUnchanged() throws SQLException {
        if (number("select count(*) from #rows where unchanged is not null") == 0) {
            return;
        }
        execute("create index on #changes (key, lsn)");
        execute("analyze #changes");
        String fill =
                """
                update #rows r set after = (
                    select json_object_agg(latest.name, latest.value)
                    from (
                        select distinct on (field.key) field.key as name, field.value
                        from #changes c, json_each(c.after) field
                        where c.key = r.key and c.after is not null
                            and c.lsn > coalesce((select max(lsn) from #changes where op = 't'), -1)
                            and c.lsn > coalesce(
                                (select max(d.lsn) from #changes d where d.key = r.key and d.op = 'd'), -1)
                        order by field.key, c.lsn desc) latest)
                where unchanged is not null
                """;
        execute(fill);
        List<String> incomplete =
                Catalogue.texts(
                        connection,
                        named(
                                "select key from #rows r where exists (select from unnest(r.unchanged)"
                                        + " name where not jsonb_exists(r.after::jsonb, name)) limit 3"));
        if (!incomplete.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "cdc."
                            + table
                            + " does not have every value of "
                            + String.join(", ", incomplete)
                            + ": its older changes are gone");
        }
    }

    /// The rows as records of the table's type, `r`; what the stream does not have gets its
    /// default.
    private String rows() {
        return named("#rows s, lateral json_populate_record(row(%s)::public.%s, s.after) r")
                .formatted(list(columns, true, Column::missing), table);
    }

    private String value(Column column) {
        return switch (column.type()) {
            // JSON has no bytes: the streams have them in base64.
            case "bytea" ->
                    "decode(s.after ->> '%s', 'base64')"
                            .formatted(column.name().replace("'", "''"));
            // In JSON, SQL's null and JSON's own look the same; only one of them fits here.
            case "json", "jsonb" ->
                    column.required()
                            ? "coalesce(r.%s, 'null')".formatted(column.quoted())
                            : "r." + column.quoted();
            default -> "r." + column.quoted();
        };
    }

    private static String list(List<Column> columns, Function<Column, String> text) {
        return list(columns, false, text);
    }

    private static String list(
            List<Column> columns, boolean generatedToo, Function<Column, String> text) {
        return columns.stream()
                .filter(column -> generatedToo || !column.quoted().isEmpty())
                .map(text)
                .collect(Collectors.joining(", "));
    }

    /// The next row that somebody adds to the copy gets a number of its own.
    private void advanceSequences() throws SQLException {
        for (Column column : columns) {
            String sequence =
                    "pg_get_serial_sequence('public.%s', '%s')".formatted(table, column.name());
            if (Catalogue.truth(connection, "select " + sequence + " is not null")) {
                number(
                        "select coalesce(setval(%s, max(%s)), 0) from public.%s"
                                .formatted(sequence, column.quoted(), table));
            }
        }
    }

    /// The checksum of the rows, over the columns that the stream carries.
    ///
    /// @throws CommandFailed when the table holds anything else than its changes say
    String verify() throws SQLException {
        List<String> carried =
                Catalogue.texts(
                        connection,
                        named(
                                "select distinct name from (select after from #rows limit 1000) s,"
                                        + " json_object_keys(s.after) name"));
        List<Column> compared =
                columns.stream()
                        .filter(column -> carried.contains(column.name()))
                        .filter(column -> !column.quoted().isEmpty())
                        .toList();
        String wanted = checksum(list(compared, this::value), rows());
        String found = checksum(list(compared, c -> "r." + c.quoted()), "public." + table + " r");
        if (!wanted.equals(found)) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "the copy of %s is not what its changes say: checksum %s, expected %s"
                            .formatted(table, found, wanted));
        }
        return found;
    }

    private String checksum(String values, String from) throws SQLException {
        String query =
                "select count(*), coalesce(sum(hashtextextended(row(%s)::text, 0)), 0) from %s"
                        .formatted(values, from);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            BigInteger sum =
                    row.getBigDecimal(2).toBigInteger().add(BigInteger.valueOf(row.getLong(1)));
            return String.format(Locale.ROOT, "%016x", sum.mod(TWO_TO_64));
        }
    }

    private void execute(String statement) throws SQLException {
        try (Statement one = connection.createStatement()) {
            one.execute(named(statement));
        }
    }

    private long number(String query) throws SQLException {
        return Catalogue.number(connection, named(query));
    }

    private String named(String statement) {
        return statement.replace("#", WORKSHOP + "." + table + "_");
    }
}
