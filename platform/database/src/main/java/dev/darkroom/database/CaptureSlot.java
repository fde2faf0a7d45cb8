package dev.darkroom.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// The place in PostgreSQL's log that change data capture has reached.
///
/// It must exist before the first row is written, since it cannot look back: so whoever runs the
/// migrations makes it right after them, on the empty tables. Once there are rows, a missing slot
/// means that changes were lost; making a new one would hide that, and is left to a person
/// (sync-service says how).
public final class CaptureSlot {
    /// The slot's name.
    public static final String NAME = "darkroom_cdc";

    private static final String PUBLICATION = "darkroom_cdc";

    private final DatabaseAddress address;
    private final Login cdc;

    /// @param cdc a login that may replicate
    public CaptureSlot(DatabaseAddress address, Login cdc) {
        this.address = address;
        this.cdc = cdc;
    }

    /// Makes the slot when there is none and nothing has been written yet.
    public void createBeforeTheFirstRow() throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(address.jdbcUrl(), cdc.user(), cdc.password())) {
            if (exists(connection) || !isEmpty(connection)) {
                return;
            }
            create(connection);
        }
    }

    /// Makes the slot where the log stands now, whatever was written before: for whoever knows that
    /// changes are lost and publishes the rows once more.
    public void createAnew() throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(address.jdbcUrl(), cdc.user(), cdc.password())) {
            create(connection);
        }
    }

    /// From PostgreSQL 17 on a standby keeps a copy of the slot, which goes on after a failover.
    private static void create(Connection connection) throws SQLException {
        try (PreparedStatement create =
                connection.prepareStatement(
                        copiesToStandbys(connection)
                                ? "select pg_create_logical_replication_slot("
                                        + "?, 'pgoutput', failover => true)"
                                : "select pg_create_logical_replication_slot(?, 'pgoutput')")) {
            create.setString(1, NAME);
            create.execute();
        }
    }

    /// Lets standbys keep a copy of a slot that was made without; nobody may be reading from it.
    ///
    /// @return whether it had to be changed
    public boolean copyToStandbys() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", cdc.user());
        properties.setProperty("password", cdc.password());
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "60");
        try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties)) {
            if (!copiesToStandbys(connection) || isCopied(connection)) {
                return false;
            }
        }
        // Only the replication protocol can change a slot.
        properties.setProperty("replication", "database");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "17");
        try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties);
                Statement alter = connection.createStatement()) {
            alter.execute("ALTER_REPLICATION_SLOT " + NAME + " (FAILOVER true)");
            return true;
        }
    }

    private static boolean copiesToStandbys(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= 17;
    }

    private static boolean isCopied(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select failover from pg_replication_slots where slot_name = ?")) {
            query.setString(1, NAME);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select from pg_replication_slots where slot_name = ?")) {
            query.setString(1, NAME);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /// Whether the published tables have no rows; the heartbeat always has one.
    private static boolean isEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : publishedTables(connection)) {
                try (ResultSet row =
                        statement.executeQuery(
                                "select from "
                                        + statement.enquoteIdentifier(table, true)
                                        + " limit 1")) {
                    if (row.next()) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    private static List<String> publishedTables(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select tablename from pg_publication_tables where pubname = ?"
                                + " and tablename <> 'heartbeat'")) {
            query.setString(1, PUBLICATION);
            try (ResultSet row = query.executeQuery()) {
                List<String> tables = new ArrayList<>();
                while (row.next()) {
                    tables.add(row.getString(1));
                }
                return tables;
            }
        }
    }
}
