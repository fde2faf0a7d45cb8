package dev.darkroom.sync.cdc;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.HostSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to run the engine: a session advisory lock on a connection of its own.
///
/// PostgreSQL gives the lock back when the connection ends, whatever ended it. Both sides notice a
/// dead one within seconds: the client by its socket timeout, the server by its keepalives. A
/// process that is frozen while its machine lives looks alive to both; but a leader speaks on its
/// connection every second, PostgreSQL notes when, and whoever waits for the lock ends a connection
/// that has been silent for too long.
///
/// The lock only keeps the peace. That two engines never both move the slot does not hang on it: a
/// slot has at most one walsender, confirming goes through that walsender's connection, and the
/// next leader ends a left-over walsender before it starts. An old leader that has not noticed yet
/// can only publish once more what it had already read, under the same LSNs.
final class Leadership implements AutoCloseable {
    private static final long LOCK = 0x6461726b_5f636463L; // "dark_cdc"

    /// Ends the connection that holds the lock when nothing was said on it for so many seconds. The
    /// two halves of the lock's number are kept apart in pg_locks. A role may signal its own
    /// connections.
    private static final String END_SILENT_HOLDER =
            "select l.pid, pg_terminate_backend(l.pid, 5000) from pg_locks l"
                    + " join pg_stat_activity a on a.pid = l.pid"
                    + " where l.locktype = 'advisory' and l.granted and l.objsubid = 1"
                    + " and l.database = (select oid from pg_database where datname ="
                    + " current_database()) and l.classid = ? and l.objid = ?"
                    + " and a.state_change < clock_timestamp() - make_interval(secs => ?)";

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    private final Connection connection;

    private Leadership(Connection connection) {
        this.connection = connection;
    }

    static Leadership connect(DatabaseAddress address, Login login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty(
                "ApplicationName", "darkroom-cdc-leader-" + ProcessHandle.current().pid());
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "3");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty(
                "options",
                "-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3"
                        + " -c tcp_user_timeout=5000");
        return new Leadership(DriverManager.getConnection(address.jdbcUrl(), properties));
    }

    /// Whether this connection holds the lock from now on; asking again while it does is an error.
    boolean tryAcquire() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /// Frees the lock of a holder that has not said anything for this long.
    ///
    /// @return whether there was one
    boolean endSilentHolder(Duration silence) throws SQLException {
        try (PreparedStatement end = connection.prepareStatement(END_SILENT_HOLDER)) {
            end.setLong(1, LOCK >>> 32);
            end.setLong(2, LOCK & 0xffff_ffffL);
            end.setDouble(3, silence.toMillis() / 1_000.0);
            try (ResultSet row = end.executeQuery()) {
                boolean ended = row.next();
                if (ended) {
                    log.atWarn()
                            .addKeyValue("backend", row.getInt(1))
                            .addKeyValue("silence", silence)
                            .log("the leader was silent for too long, its connection was ended");
                }
                return ended;
            }
        }
    }

    /// The database on the very server that this connection reached: of several, the primary.
    DatabaseAddress server(DatabaseAddress address) throws SQLException {
        HostSpec server = connection.unwrap(BaseConnection.class).getQueryExecutor().getHostSpec();
        return address.at(server.getHost(), server.getPort());
    }

    /// Throws when the connection, and the lock with it, is gone.
    void verify() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
