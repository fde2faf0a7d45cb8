package dev.darkroom.database;

import dev.darkroom.schema.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/// Brings the tables of one database to this version of the project, track by track, and back.
///
/// Runs as `darkroom_owner`. For applying, Flyway does the work; undo scripts are ours, since
/// Flyway's free edition has none: each runs in one transaction together with its line in the
/// history.
public final class Migrations {
    private final DatabaseAddress address;
    private final Login owner;
    private final String setUp;

    public Migrations(DatabaseAddress address, Login owner) {
        this(address, owner, "");
    }

    private Migrations(DatabaseAddress address, Login owner, String setUp) {
        this.address = address;
        this.owner = owner;
        this.setUp = setUp;
    }

    /// The same, logged in as an administrator who makes the tables another role's.
    public Migrations actingAs(Role role) {
        return new Migrations(address, owner, "set role " + role.roleName());
    }

    /// Applies what is missing in both tracks, infrastructure first.
    ///
    /// @return how many migrations were applied
    public int migrate() {
        return Arrays.stream(Track.values()).mapToInt(this::migrate).sum();
    }

    /// Applies what is missing in one track.
    ///
    /// @throws MigrationFailed naming the migration, the reason and the command to run by hand
    public int migrate(Track track) {
        try {
            return flyway(track).migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new MigrationFailed(track, e);
        }
    }

    /// What is applied and what is pending, oldest first.
    public List<AppliedMigration> status(Track track) {
        return Arrays.stream(flyway(track).info().all())
                .filter(Migrations::isOurs)
                .map(info -> AppliedMigration.of(track, info))
                .toList();
    }

    /// Undoes the newest migrations of a track.
    ///
    /// @param steps how many at the most
    /// @return how many were undone
    public int undo(Track track, int steps) throws SQLException {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be positive: " + steps);
        }
        List<MigrationInfo> applied = Arrays.asList(flyway(track).info().applied());
        List<MigrationInfo> newestFirst =
                applied.reversed().stream().filter(Migrations::isOurs).limit(steps).toList();
        for (MigrationInfo info : newestFirst) {
            undo(track, info);
        }
        return newestFirst.size();
    }

    private void undo(Track track, MigrationInfo info) throws SQLException {
        String script =
                "db/undo/" + track.wireName() + "/" + info.getScript().replaceFirst("^V", "U");
        String statements = read(script);
        try (Connection connection =
                DriverManager.getConnection(address.jdbcUrl(), owner.user(), owner.password())) {
            connection.setAutoCommit(false);
            try (Statement undo = connection.createStatement();
                    PreparedStatement forget =
                            connection.prepareStatement(
                                    "delete from " + track.historyTable() + " where version = ?")) {
                undo.execute(setUp);
                undo.execute(statements);
                forget.setString(1, info.getVersion().getVersion());
                forget.executeUpdate();
            }
            connection.commit();
        }
    }

    /// Not the line that says where the history begins.
    private static boolean isOurs(MigrationInfo info) {
        return info.getVersion() != null && !info.getType().isBaseline();
    }

    private Flyway flyway(Track track) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(address.jdbcUrl(), owner.user(), owner.password())
                .locations("classpath:" + track.location())
                .table(track.historyTable())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .validateMigrationNaming(false)
                .connectRetries(10)
                .initSql(setUp)
                .load();
    }

    private static String read(String resource) {
        try (InputStream in = Migrations.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no undo script " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }
}
