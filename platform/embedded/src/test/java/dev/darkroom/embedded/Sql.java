package dev.darkroom.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// One statement at a time, as tests need it.
final class Sql {

    private Sql() {}

    static Connection connect(PostgresAddress postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), postgres.adminUser(), postgres.adminPassword());
    }

    static void execute(PostgresAddress postgres, String statement) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    /// The first column of the first row.
    static String ask(PostgresAddress postgres, String query) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement one = connection.createStatement();
                ResultSet rows = one.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
