package dev.darkroom.sync.cdc;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Touches the heartbeat's row again and again, so that the log is never silent for long: the
/// thread that reads it wakes up and confirms what Kafka has acknowledged since, and the slot moves
/// on while the captured tables are quiet.
final class Heartbeat implements AutoCloseable {
    private static final String TOUCH = "update heartbeat set at = now() where id = 1";

    private final Connection connection;
    private final Duration interval;
    private final Consumer<SQLException> onFailure;
    private final Semaphore wanted = new Semaphore(1);
    private volatile boolean closed;

    private Heartbeat(Connection connection, Duration interval, Consumer<SQLException> onFailure) {
        this.connection = connection;
        this.interval = interval;
        this.onFailure = onFailure;
    }

    /// @param onFailure called by the heartbeat's thread, which ends
    static Heartbeat start(
            DatabaseAddress address,
            Login login,
            Duration interval,
            Consumer<SQLException> onFailure)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("ApplicationName", "darkroom-cdc-heartbeat");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "30");
        Heartbeat heartbeat =
                new Heartbeat(
                        DriverManager.getConnection(address.jdbcUrl(), properties),
                        interval,
                        onFailure);
        Thread.ofPlatform().name("cdc-heartbeat").daemon().start(heartbeat::run);
        return heartbeat;
    }

    private void run() {
        try (Statement statement = connection.createStatement()) {
            while (!closed) {
                var _ = wanted.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                wanted.drainPermits();
                if (!closed) {
                    statement.execute(TOUCH);
                }
            }
        } catch (SQLException e) {
            if (!closed) {
                onFailure.accept(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Touches the row at once.
    void touch() {
        wanted.release();
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        wanted.release();
        connection.abort(Runnable::run);
    }
}
