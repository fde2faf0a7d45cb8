package dev.darkroom.command.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What PostgreSQL says of the tables of the copy.
final class Catalogue {
    private Catalogue() {}

    /// A column that can be written.
    ///
    /// @param name as it is
    /// @param quoted as it stands in a statement
    /// @param type such as `timestamp with time zone`
    /// @param required whether it is never null
    /// @param missing what it is where the stream has no value: its default, or null
    record Column(String name, String quoted, String type, boolean required, String missing) {}

    /// All columns of a table, in their order; of a generated one, the quoted name is empty.
    ///
    /// A column with a default that was added while there were rows is in no change of those rows.
    static List<Column> columns(Connection connection, String table) throws SQLException {
        String query =
                """
                select a.attname, quote_ident(a.attname), format_type(a.atttypid, null),
                       a.attgenerated <> '', a.attnotnull, coalesce(pg_get_expr(d.adbin, d.adrelid), 'null')
                from pg_attribute a
                left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                    and a.attgenerated = '' and a.attidentity = ''
                where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped
                order by a.attnum
                """;
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(
                            new Column(
                                    row.getString(1),
                                    row.getBoolean(4) ? "" : row.getString(2),
                                    row.getString(3),
                                    row.getBoolean(5),
                                    row.getString(6)));
                }
            }
        }
        return columns;
    }

    static boolean truth(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    static long number(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
