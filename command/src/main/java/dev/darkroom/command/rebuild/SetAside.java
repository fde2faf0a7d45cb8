package dev.darkroom.command.rebuild;

import dev.darkroom.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What stands in the way of many rows at once, and comes back when they are in: foreign keys,
/// indexes that enforce no key, triggers, forced row-level security.
///
/// Triggers that compute the row itself before it is inserted stay: they make the columns that the
/// streams do not carry. Those with effects elsewhere rest, since the effects are in the streams.
final class SetAside {
    private static final String FOREIGN_KEYS =
            """
            select format('alter table %%s drop constraint %%I', conrelid::regclass, conname),
                   format('alter table %%s add constraint %%I %%s',
                       conrelid::regclass, conname, pg_get_constraintdef(oid)),
                   confrelid::regclass::text
            from pg_constraint
            where contype = 'f' and conrelid::regclass::text in (%s)
            order by conrelid, conname
            """;

    private static final String INDEXES =
            """
            select format('drop index %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
            from pg_index i
            where indrelid::regclass::text in (%s) and not indisprimary and not indisreplident
                and not exists (select from pg_constraint where conindid = i.indexrelid)
            order by indexrelid
            """;

    private static final String TRIGGERS =
            """
            select format('alter table %%s disable trigger %%I', tgrelid::regclass, tgname),
                   format('alter table %%s enable trigger %%I', tgrelid::regclass, tgname)
            from pg_trigger
            where tgrelid::regclass::text in (%s) and not tgisinternal and tgenabled = 'O'
                and tgtype::int & 7 <> 7 -- for each row, before, insert
            order by tgrelid, tgname
            """;

    private static final String ROW_SECURITY =
            """
            select format('alter table %%s no force row level security', oid::regclass),
                   format('alter table %%s force row level security', oid::regclass)
            from pg_class
            where oid::regclass::text in (%s) and relforcerowsecurity
            order by oid
            """;

    private final List<String> bringBack = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final Connection connection;
    private final Set<Table> tables;

    private SetAside(Connection connection, Set<Table> tables) {
        this.connection = connection;
        this.tables = tables;
    }

    static SetAside from(Connection connection, Set<Table> tables) throws SQLException {
        SetAside aside = new SetAside(connection, tables);
        aside.take(FOREIGN_KEYS);
        aside.take(TRIGGERS);
        aside.take(ROW_SECURITY);
        aside.take(INDEXES);
        return aside;
    }

    private void take(String query) throws SQLException {
        String names =
                tables.stream()
                        .map(table -> "'" + table.tableName() + "'")
                        .collect(Collectors.joining(", "));
        List<String> statements = new ArrayList<>();
        List<String> later = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery(query.formatted(names))) {
            while (row.next()) {
                statements.add(row.getString(1));
                if (query.equals(FOREIGN_KEYS) && isOfAnotherTable(row.getString(3))) {
                    leftOut.add(row.getString(2));
                } else {
                    later.add(row.getString(2));
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
        // What was taken last comes back first, so that keys find the indexes that serve them.
        bringBack.addAll(0, later);
    }

    /// A captured table that this copy does not contain.
    private boolean isOfAnotherTable(String name) {
        for (Table table : Table.values()) {
            if (table.tableName().equals(name)) {
                return !tables.contains(table);
            }
        }
        return false;
    }

    void bringBack() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String one : bringBack) {
                statement.execute(one);
            }
        }
    }

    /// Foreign keys to tables that are not in the copy: the statements that would make them.
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }
}
