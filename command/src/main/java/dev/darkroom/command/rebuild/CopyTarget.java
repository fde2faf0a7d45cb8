package dev.darkroom.command.rebuild;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import dev.darkroom.database.Bootstrap;
import dev.darkroom.database.MigrationFailed;
import dev.darkroom.database.Migrations;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The database that the copy is made in: migrated, empty, and certainly not the one that the
/// topics come from.
final class CopyTarget {
    private static final String INVALID_CATALOG_NAME = "3D000";

    private final RebuildRequest request;

    CopyTarget(RebuildRequest request) {
        this.request = request;
    }

    /// Makes the database, the roles and the tables, as far as they are missing and the login may.
    ///
    /// Roles that are made have no password, so nobody can log in as one. The place in the log
    /// where change data capture would start is not made: the copy is not captured.
    Connection prepare() throws SQLException {
        boolean administrator = isAdministrator();
        if (administrator) {
            new Bootstrap(request.target(), request.login()).run(Map.of());
        }
        Connection connection = connect(request.target().name());
        try {
            refuseTheSource(connection);
            Migrations migrations = new Migrations(request.target(), request.login());
            (administrator ? migrations.actingAs(Role.OWNER) : migrations).migrate();
            connection.setAutoCommit(false);
            requireEmpty(connection);
            return connection;
        } catch (MigrationFailed e) {
            connection.close();
            throw new CommandFailed(
                    ExitCode.FAILED,
                    String.valueOf(e.getMessage())
                            + "\nor let an administrator of that server do it: --user",
                    e);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// The database need not be there yet, an administrator makes it.
    private boolean isAdministrator() throws SQLException {
        try (Connection connection = connectToSomeDatabase()) {
            return Catalogue.truth(
                    connection, "select rolsuper from pg_roles where rolname = current_user");
        }
    }

    private Connection connectToSomeDatabase() throws SQLException {
        try {
            return connect(request.target().name());
        } catch (SQLException e) {
            if (!INVALID_CATALOG_NAME.equals(e.getSQLState())) {
                throw e;
            }
            return connect("postgres");
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                request.target().withName(database).jdbcUrl(),
                request.login().user(),
                request.login().password());
    }

    private void refuseTheSource(Connection connection) throws SQLException {
        if (Catalogue.truth(
                connection,
                "select exists (select from pg_replication_slots where database = current_database()"
                        + " and plugin = 'pgoutput')")) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    request.target().jdbcUrl()
                            + " is itself captured: change streams come from it\ngive the copy a"
                            + " database of its own");
        }
    }

    private void requireEmpty(Connection connection) throws SQLException {
        List<String> filled = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (Table table : request.tables()) {
                try (ResultSet row =
                        statement.executeQuery("select from " + table.tableName() + " limit 1")) {
                    if (row.next()) {
                        filled.add(table.tableName());
                    }
                }
            }
            if (!filled.isEmpty() && !request.overwrite()) {
                throw new CommandFailed(
                        ExitCode.FAILED,
                        "there are rows already in %s of %s\nto remove them first: --overwrite"
                                .formatted(String.join(", ", filled), request.target().jdbcUrl()));
            }
            if (!filled.isEmpty()) {
                statement.execute("truncate " + names(request.tables()) + " cascade");
            }
        }
    }

    private static String names(Set<Table> tables) {
        return tables.stream().map(Table::tableName).collect(Collectors.joining(", "));
    }
}
