package dev.darkroom.database;

import dev.darkroom.schema.Table.OldRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A table of the publication, as PostgreSQL's catalogue describes it.
///
/// @param comment empty where there is none
/// @param hasColumnList whether the publication names its columns
/// @param columns what is published, in the table's order
/// @param key the primary key
record PublishedTable(
        String name,
        String comment,
        OldRow oldRow,
        boolean hasColumnList,
        List<PublishedColumn> columns,
        List<String> key) {
    private static final String TABLES =
            """
            select c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''), c.relreplident = 'f', r.prattrs is not null
            from pg_publication p
                join pg_publication_rel r on r.prpubid = p.oid
                join pg_class c on c.oid = r.prrelid
            where p.pubname = 'darkroom_cdc' and c.relname not in ('outbox', 'heartbeat')
            order by c.relname
            """;

    private static final String COLUMNS =
            """
            select a.attname, coalesce(e.typname, t.typname) as type, e.oid is not null as is_array,
                format_type(a.atttypid, a.atttypmod) as declared,
                case when t.typname = 'varchar' then a.atttypmod - 4 else 0 end as max_length,
                not a.attnotnull as is_nullable, a.attstorage in ('x', 'e') as can_be_large,
                array(select enumlabel::text from pg_enum where enumtypid = a.atttypid order by enumsortorder) as labels,
                (select pg_get_constraintdef(k.oid) from pg_constraint k
                    where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
                        and pg_get_constraintdef(k.oid) like '%= ANY%') as "check",
                coalesce(col_description(c.oid, a.attnum), '') as comment
            from pg_publication_tables p
                join pg_class c on c.relnamespace = 'public'::regnamespace and c.relname = p.tablename
                join pg_attribute a on a.attrelid = c.oid and a.attname = any(p.attnames)
                join pg_type t on t.oid = a.atttypid
                left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
            where p.pubname = 'darkroom_cdc' and p.schemaname = 'public' and p.tablename = :table
            order by a.attnum
            """;

    private static final String KEY =
            """
            select a.attname
            from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
            where i.indisprimary and i.indrelid = cast(:table as regclass)
            order by array_position(i.indkey::int2[], a.attnum)
            """;

    /// A check that a column is one of some texts, as PostgreSQL prints it.
    private static final Pattern ONE_OF =
            Pattern.compile("CHECK \\(\\(\\w+ = ANY \\(ARRAY\\[(.*)]\\)\\)\\)");

    private static final Pattern TEXT = Pattern.compile("'((?:[^']|'')*)'::text");

    PublishedTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    static List<PublishedTable> all(JdbcClient jdbc) {
        return jdbc.sql(TABLES).query((row, _) -> read(jdbc, row)).list();
    }

    static Optional<PublishedTable> named(JdbcClient jdbc, String name) {
        return all(jdbc).stream().filter(table -> table.name().equals(name)).findFirst();
    }

    private static PublishedTable read(JdbcClient jdbc, ResultSet row) throws SQLException {
        Map<String, String> table = Map.of("table", row.getString(1));
        return new PublishedTable(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3) ? OldRow.WHOLE : OldRow.KEY,
                row.getBoolean(4),
                jdbc.sql(COLUMNS).params(table).query((column, _) -> column(column)).list(),
                jdbc.sql(KEY).params(table).query((column, _) -> column.getString(1)).list());
    }

    private static PublishedColumn column(ResultSet row) throws SQLException {
        List<String> labels = Arrays.asList((String[]) row.getArray("labels").getArray());
        List<String> values = labels.isEmpty() ? oneOf(row.getString("check")) : labels;
        return new PublishedColumn(
                row.getString("attname"),
                row.getString("type"),
                row.getBoolean("is_array"),
                row.getString("declared"),
                row.getInt("max_length"),
                row.getBoolean("is_nullable"),
                row.getBoolean("can_be_large") && values.isEmpty(),
                values,
                row.getString("comment"));
    }

    private static List<String> oneOf(@Nullable String check) {
        if (check == null) {
            return List.of();
        }
        Matcher matcher = ONE_OF.matcher(check);
        if (!matcher.matches()) {
            throw new AssertionError("not a list of texts, teach me: " + check);
        }
        return TEXT.matcher(matcher.group(1))
                .results()
                .map((MatchResult text) -> text.group(1).replace("''", "'"))
                .toList();
    }
}
