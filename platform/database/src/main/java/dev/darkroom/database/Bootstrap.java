package dev.darkroom.database;

import dev.darkroom.schema.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// What only an administrator may do, once per server: the database, its extensions, the roles and
/// their passwords.
///
/// Safe to run again. Everything after it, migrations included, runs as `darkroom_owner` or less.
public final class Bootstrap {
    private static final String SCRIPT = "db/bootstrap.sql";

    private final DatabaseAddress address;
    private final Login admin;

    public Bootstrap(DatabaseAddress address, Login admin) {
        this.address = address;
        this.admin = admin;
    }

    /// Brings the server to where migrations can run.
    ///
    /// @param passwords one for every role
    public void run(Map<Role, String> passwords) throws SQLException {
        createDatabase();
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute(script());
            for (Map.Entry<Role, String> entry : passwords.entrySet()) {
                setPassword(connection, entry.getKey(), entry.getValue());
            }
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = connect(address.withName("postgres"));
                PreparedStatement exists =
                        connection.prepareStatement("select from pg_database where datname = ?")) {
            exists.setString(1, address.name());
            try (ResultSet row = exists.executeQuery()) {
                if (row.next()) {
                    return;
                }
            }
            try (Statement create = connection.createStatement()) {
                create.execute("create database " + create.enquoteIdentifier(address.name(), true));
            }
        }
    }

    private static void setPassword(Connection connection, Role role, String password)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "alter role "
                            + statement.enquoteIdentifier(role.roleName(), true)
                            + " password "
                            + statement.enquoteLiteral(password));
        }
    }

    private Connection connect(DatabaseAddress target) throws SQLException {
        return DriverManager.getConnection(target.jdbcUrl(), admin.user(), admin.password());
    }

    private static String script() {
        try (InputStream in = Role.class.getClassLoader().getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException(SCRIPT + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(SCRIPT + " cannot be read", e);
        }
    }
}
