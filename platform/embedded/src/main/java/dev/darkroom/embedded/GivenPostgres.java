package dev.darkroom.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The server that the user named by URL: checked, used, never started or stopped.
///
/// @param address where it is
/// @param description what it is, for people
record GivenPostgres(PostgresAddress address, String description) {

    private static final String QUESTION =
            """
            SELECT current_setting('server_version') AS version,
                   current_setting('server_version_num')::int / 10000 AS major,
                   current_setting('wal_level') AS wal_level,
                   (SELECT default_version FROM pg_available_extensions WHERE name = 'vector')
                       AS pgvector
            """;

    /// Connects and checks that the server has what a pipeline needs.
    static GivenPostgres check(String jdbcUrl) {
        PostgresAddress address = PostgresAddress.parse(jdbcUrl);
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(QUESTION)) {
            answer.next();
            return new GivenPostgres(address, describe(address, answer));
        } catch (SQLException e) {
            throw new BackendsUnavailable(
                    "the given PostgreSQL at "
                            + address.host()
                            + ":"
                            + address.port()
                            + " does not let us in: "
                            + e.getMessage(),
                    e);
        }
    }

    private static String describe(PostgresAddress address, ResultSet answer) throws SQLException {
        String where = "the given PostgreSQL at " + address.host() + ":" + address.port();
        String version = answer.getString("version");
        if (answer.getInt("major") < MajorVersion.OLDEST) {
            throw new BackendsUnavailable(
                    where
                            + " is version "
                            + version
                            + ": "
                            + MajorVersion.OLDEST
                            + " or newer is needed");
        }
        String pgvector = answer.getString("pgvector");
        if (pgvector == null) {
            throw new BackendsUnavailable(
                    where
                            + " has no pgvector: install the extension"
                            + " `vector` on that machine");
        }
        if (!"logical".equals(answer.getString("wal_level"))) {
            throw new BackendsUnavailable(
                    where
                            + " has wal_level = "
                            + answer.getString("wal_level")
                            + ": run ALTER SYSTEM SET wal_level = logical there and restart it");
        }
        return "PostgreSQL " + version + " with pgvector " + pgvector + " (" + where + ")";
    }
}
