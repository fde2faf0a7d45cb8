package dev.darkroom.sync.cdc.log;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/// The replication connection of a slot: the log from where the slot stands, and the way back to
/// tell how far it is done with.
///
/// One thread reads and confirms; [#abort] may come from any. Reading blocks on the socket for as
/// long as PostgreSQL is silent, so somebody has to see to it that it never is for long: the
/// heartbeat does.
public final class ReplicationLog implements AutoCloseable {
    /// The texts of values must not depend on the settings of a role or of a database.
    public static final String TEXT_FORMS =
            "set timezone to 'UTC'; set datestyle to 'ISO'; set intervalstyle to 'iso_8601';"
                    + " set bytea_output to 'hex'; set extra_float_digits to 1";

    private final Connection connection;
    private final PGReplicationStream stream;
    private long confirmed;

    private ReplicationLog(Connection connection, PGReplicationStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    /// Starts at the slot's own position.
    public static ReplicationLog open(
            DatabaseAddress address, Login login, String slot, String publication)
            throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, login.user());
        PGProperty.PASSWORD.set(properties, login.password());
        PGProperty.APPLICATION_NAME.set(properties, "darkroom-cdc-log");
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.CONNECT_TIMEOUT.set(properties, 10);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties);
        try {
            try (Statement statement = connection.createStatement()) {
                statement.execute(TEXT_FORMS);
            }
            return new ReplicationLog(connection, start(connection, slot, publication));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static PGReplicationStream start(Connection connection, String slot, String publication)
            throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withSlotOption("proto_version", "1")
                .withSlotOption("publication_names", publication)
                .withSlotOption("messages", "true")
                // We say ourselves how far we are; the driver's own clock would wake us for
                // nothing.
                .withStatusInterval(0, TimeUnit.SECONDS)
                .start();
    }

    /// Waits for the next message.
    ///
    /// @throws SQLException when the connection is lost, and after [#abort]
    public ByteBuffer read() throws SQLException {
        ByteBuffer message = stream.read();
        if (message == null) {
            throw new SQLException("PostgreSQL ended the replication stream");
        }
        return message;
    }

    /// Where the last message stands in the log.
    public long position() {
        return stream.getLastReceiveLSN().asLong();
    }

    /// Tells PostgreSQL that all before this position is done with, and that we are alive.
    ///
    /// @param position never less than before
    public void confirm(long position) throws SQLException {
        if (position > 0) {
            LogSequenceNumber lsn = LogSequenceNumber.valueOf(position);
            stream.setFlushedLSN(lsn);
            stream.setAppliedLSN(lsn);
        }
        stream.forceUpdateStatus();
        confirmed = position;
    }

    /// What was confirmed last.
    public long confirmed() {
        return confirmed;
    }

    /// Breaks the connection; a waiting [#read] fails.
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException("the connection cannot be broken", e);
        }
    }

    /// Takes leave, so that PostgreSQL has heard all that was confirmed. What it still sends is
    /// thrown away.
    public void finish() throws SQLException {
        stream.close();
        connection.close();
    }

    @Override
    public void close() {
        abort();
    }
}
