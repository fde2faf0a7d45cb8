package dev.darkroom.sync.cdc;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// The right to run the engine: a session advisory lock on a connection of its own.
///
/// PostgreSQL gives the lock back when the connection ends, whatever ended it. Both sides notice a
/// dead one within seconds: the client by its socket timeout, the server by its keepalives.
///
/// The lock only keeps the peace. That two engines never both move the slot does not hang on it: a
/// slot has at most one walsender, confirming goes through that walsender's connection, and the
/// next leader ends a left-over walsender before it starts. An old leader that has not noticed yet
/// can only publish once more what it had already read, under the same LSNs.
final class Leadership implements AutoCloseable {
    private static final long LOCK = 0x6461726b_5f636463L; // "dark_cdc"

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
