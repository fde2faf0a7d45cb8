package dev.darkroom.sync.cdc.repair;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.sync.cdc.log.ReplicationLog;
import dev.darkroom.sync.cdc.row.Catalog;
import dev.darkroom.sync.cdc.row.ChangeRecords;
import dev.darkroom.sync.cdc.row.ChangeSource;
import dev.darkroom.sync.cdc.row.Operation;
import dev.darkroom.sync.cdc.row.RowText;
import dev.darkroom.sync.cdc.row.TableShape;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/// Reads published tables as change data capture sees them: every row, whatever row-level security
/// says, and each value as the text that the log has.
///
/// Its statements are made of the catalogue's names, since they work on any published table.
final class TableReader implements AutoCloseable {
    private static final String SCHEMA = "public";

    /// A role that row-level security would show less than all must fail, since rows that it does
    /// not see would be taken for deleted.
    private static final String EVERY_ROW = "set row_security to off";

    private static final ChangeSource NOWHERE = new ChangeSource(0, 0, 0);

    private final Connection connection;
    private final Catalog catalog;
    private final ChangeRecords records = new ChangeRecords();

    private TableReader(Connection connection, Catalog catalog) {
        this.connection = connection;
        this.catalog = catalog;
    }

    static TableReader open(DatabaseAddress address, Login login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("ApplicationName", "darkroom-cdc-reconciler");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute(ReplicationLog.TEXT_FORMS);
            statement.execute(EVERY_ROW);
            return new TableReader(connection, new Catalog(address, login));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    TableShape shape(String table) throws SQLException {
        return catalog.published(SCHEMA, table);
    }

    /// Where the log stands now: all that is committed stands before.
    long position() throws SQLException {
        return LogSequenceNumber.valueOf(text("select pg_current_wal_insert_lsn()")).asLong();
    }

    /// Writes one small transaction, so that the stream has something behind what was written
    /// before.
    void touchHeartbeat() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("update heartbeat set at = now() where id = 1");
        }
    }

    /// The next rows in the order of the key.
    ///
    /// @param after the last row that was read, or null to begin
    List<TableRow> next(TableShape shape, @Nullable TableRow after, int limit) throws SQLException {
        String key = keyColumns(shape);
        String sql =
                "select %s from %s%s order by %s limit %d"
                        .formatted(
                                columns(shape),
                                table(shape),
                                after == null
                                        ? ""
                                        : " where (%s) > (%s)".formatted(key, marks(shape)),
                                key,
                                limit);
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            if (after != null) {
                bind(query, 1, keyValues(shape, after.text()));
            }
            return rows(shape, query);
        }
    }

    /// Those of these rows that are there.
    List<TableRow> some(TableShape shape, List<RowKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return List.of();
        }
        String sql =
                "select %s from %s where (%s) in (%s)"
                        .formatted(
                                columns(shape),
                                table(shape),
                                keyColumns(shape),
                                String.join(
                                        ", ",
                                        Collections.nCopies(
                                                keys.size(), "(" + marks(shape) + ")")));
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            int at = 1;
            for (RowKey key : keys) {
                at = bind(query, at, key.values(shape));
            }
            return rows(shape, query);
        }
    }

    /// What is done while nobody may write a table.
    @FunctionalInterface
    interface Locked {
        void run(long transaction) throws SQLException;
    }

    /// Waits for the writers of a table, holds new ones back, and commits what was done meanwhile.
    ///
    /// @throws SQLException with the state 55P03 when writers did not end within this time
    void whileNobodyWrites(TableShape shape, Duration patience, Locked work) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                PreparedStatement lock = connection.prepareStatement("select lock_for_repair(?)")) {
            statement.execute("set local lock_timeout to " + patience.toMillis());
            lock.setString(1, shape.table());
            lock.execute();
            work.run(Long.parseLong(text("select pg_current_xact_id()")));
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /// Writes a message into the log, at the commit of the running transaction.
    void say(String prefix, String content) throws SQLException {
        try (PreparedStatement say =
                connection.prepareStatement("select pg_logical_emit_message(true, ?, ?)")) {
            say.setString(1, prefix);
            say.setString(2, content);
            say.execute();
        }
    }

    private List<TableRow> rows(TableShape shape, PreparedStatement query) throws SQLException {
        List<TableRow> rows = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                List<byte @Nullable []> values = new ArrayList<>(shape.columns().size());
                for (int i = 1; i <= shape.columns().size(); i++) {
                    values.add(row.getBytes(i));
                }
                RowText text = RowText.of(values);
                ProducerRecord<byte[], byte[]> record =
                        records.written(shape, Operation.READ, null, text, NOWHERE);
                rows.add(new TableRow(record.key(), record.value(), text));
            }
        }
        return rows;
    }

    private static List<String> keyValues(TableShape shape, RowText row) {
        return shape.keyColumns().stream()
                .map(column -> row.required(shape.indexOf(column)))
                .toList();
    }

    /// Without a type, so that the server takes it as the column's.
    private static int bind(PreparedStatement query, int first, List<String> values)
            throws SQLException {
        int at = first;
        for (String value : values) {
            query.setObject(at++, value, Types.OTHER);
        }
        return at;
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String columns(TableShape shape) {
        return shape.columns().stream()
                .map(column -> quoted(column.name()) + "::text")
                .collect(Collectors.joining(", "));
    }

    private static String keyColumns(TableShape shape) {
        return shape.keyColumns().stream()
                .map(TableReader::quoted)
                .collect(Collectors.joining(", "));
    }

    private static String marks(TableShape shape) {
        return String.join(", ", Collections.nCopies(shape.keyColumns().size(), "?"));
    }

    private static String table(TableShape shape) {
        return quoted(shape.schema()) + "." + quoted(shape.table());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
