package dev.darkroom.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Waits until a started server answers, or says why it does not.
///
/// @param address where it should answer
/// @param server the process that should answer
/// @param log what the server writes
/// @param progress hears when recovery takes a while
record PostgresReadiness(
        PostgresAddress address, Process server, Path log, Consumer<String> progress) {

    /// Recovery after a crash replays at most `max_wal_size`, twice that at worst.
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private static final Duration SLOW = Duration.ofSeconds(10);

    private static final String STARTING_UP = "57P03";

    void await() {
        long start = System.nanoTime();
        boolean told = false;
        while (true) {
            SQLException refusal = tryConnect();
            if (refusal == null) {
                return;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            boolean mayStillCome =
                    STARTING_UP.equals(refusal.getSQLState()) || isConnectionFailure(refusal);
            if (!mayStillCome || waited.compareTo(DEADLINE) > 0) {
                throw failure("PostgreSQL does not let us in: " + refusal.getMessage(), refusal);
            }
            if (!told && waited.compareTo(SLOW) > 0) {
                progress.accept("PostgreSQL is still starting, it may be recovering: see " + log);
                told = true;
            }
            pauseUnlessDead(refusal);
        }
    }

    /// Waits a moment for the server to die; that it has is the end.
    private void pauseUnlessDead(SQLException refusal) {
        try {
            if (server.waitFor(25, TimeUnit.MILLISECONDS)) {
                throw failure("PostgreSQL ended with " + server.exitValue(), refusal);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendsUnavailable("interrupted while PostgreSQL was starting", e);
        }
    }

    private @Nullable SQLException tryConnect() {
        Properties properties = new Properties();
        properties.setProperty("user", address.adminUser());
        properties.setProperty("password", address.adminPassword());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "20");
        String url = address.jdbcUrl("postgres");
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            return connection.isValid(5) ? null : new SQLException("no answer", "08006");
        } catch (SQLException e) {
            return e;
        }
    }

    private static boolean isConnectionFailure(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.startsWith("08");
    }

    private BackendsUnavailable failure(String message, SQLException cause) {
        return new BackendsUnavailable(
                message + "\nThe end of " + log + ":\n" + EmbeddedPostgres.logTail(log), cause);
    }
}
