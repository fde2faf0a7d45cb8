package dev.darkroom.sync.cdc.row;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What PostgreSQL's catalogue says about tables and types, and the log does not: the primary key
/// of a table whose replica identity is another, what an array consists of, what a domain stands
/// for.
///
/// It tells the present, the log tells the past; so the log's columns are taken as they come, and
/// only what they lack is asked here.
public final class Catalog {
    private static final String PUBLICATION = "darkroom_cdc";

    private static final String TYPES =
            "select oid, typname, case when typinput = 'array_in'::regproc and typdelim = ','"
                    + " then typelem else 0 end as element, typbasetype from pg_type"
                    + " where typtype <> 'c' and typtype <> 'p'";

    private static final String PRIMARY_KEY =
            "select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid"
                    + " and a.attnum = any(i.indkey) where i.indisprimary and i.indrelid ="
                    + " (select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                    + " where n.nspname = ? and c.relname = ?)"
                    + " order by array_position(i.indkey::int2[], a.attnum)";

    private static final String PUBLISHED_COLUMNS =
            "select a.attname, a.atttypid from pg_publication_tables p"
                    + " join pg_namespace n on n.nspname = p.schemaname"
                    + " join pg_class c on c.relnamespace = n.oid and c.relname = p.tablename"
                    + " join pg_attribute a on a.attrelid = c.oid and a.attname = any(p.attnames)"
                    + " where p.pubname = ? and p.schemaname = ? and p.tablename = ?"
                    + " order by a.attnum";

    private final DatabaseAddress address;
    private final Login login;
    private TypeForms types = new TypeForms(Map.of());

    /// @param login of the role `darkroom_cdc`
    public Catalog(DatabaseAddress address, Login login) {
        this.address = address;
        this.login = login;
    }

    /// The shape of a published table as it is now: its published columns in the table's order.
    ///
    /// @throws IllegalArgumentException when the table is not published
    public TableShape published(String schema, String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(PUBLISHED_COLUMNS)) {
            query.setString(1, PUBLICATION);
            query.setString(2, schema);
            query.setString(3, table);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    columns.add(new Column(row.getString(1), (int) row.getLong(2)));
                }
            }
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("%s.%s is not published".formatted(schema, table));
        }
        return shape(schema, table, columns, List.of());
    }

    /// The shape of a table whose columns the log tells.
    ///
    /// @param identity the columns of its replica identity, taken as its key when the table is gone
    ///   by now; none when it is the whole row
    public TableShape shape(
            String schema, String table, List<Column> columns, List<Integer> identity)
            throws SQLException {
        try (Connection connection = connect()) {
            if (!columns.stream().allMatch(column -> types.knows(column.typeOid()))) {
                types = readTypes(connection);
            }
            List<Integer> key = positions(columns, primaryKey(connection, schema, table), identity);
            return new TableShape(schema, table, columns, key, types);
        }
    }

    /// Where the key's columns stand, or the identity's when not all of them are there.
    private static List<Integer> positions(
            List<Column> columns, List<String> key, List<Integer> identity) {
        List<String> names = columns.stream().map(Column::name).toList();
        return key.isEmpty() || !names.containsAll(key)
                ? identity
                : key.stream().map(names::indexOf).toList();
    }

    private static List<String> primaryKey(Connection connection, String schema, String table)
            throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(PRIMARY_KEY)) {
            query.setString(1, schema);
            query.setString(2, table);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }

    private static TypeForms readTypes(Connection connection) throws SQLException {
        Map<Integer, TypeForms.Type> types = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TYPES)) {
            while (row.next()) {
                types.put(
                        (int) row.getLong(1),
                        new TypeForms.Type(
                                row.getString(2), (int) row.getLong(3), (int) row.getLong(4)));
            }
        }
        return new TypeForms(types);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), login.user(), login.password());
    }
}
