package dev.darkroom.command.tables;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import dev.darkroom.command.RunningSystem;
import dev.darkroom.command.up.RolePasswords;
import dev.darkroom.database.Bootstrap;
import dev.darkroom.database.CaptureSlot;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.database.Migrations;
import dev.darkroom.database.Track;
import dev.darkroom.embedded.BackendOptions;
import dev.darkroom.embedded.Backends;
import dev.darkroom.embedded.PostgresAddress;
import dev.darkroom.schema.Role;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A database whose tables can be brought forth and back, and what was started to reach it.
public final class TablesAccess implements AutoCloseable {
    private static final String DATABASE = "darkroom";

    private final DatabaseAddress address;
    private final Migrations migrations;
    private final @Nullable Login capture;
    private final @Nullable Backends started;

    private TablesAccess(
            DatabaseAddress address,
            Login owner,
            @Nullable Login capture,
            @Nullable Backends started) {
        this.address = address;
        this.migrations = new Migrations(address, owner);
        this.capture = capture;
        this.started = started;
    }

    /// Logs in as a role that owns the tables.
    public static TablesAccess at(DatabaseAddress address, Login owner) {
        return new TablesAccess(address, owner, null, null);
    }

    /// The database that the environment names, with roles and passwords set first when it also
    /// names an administrator. For containers.
    public static TablesAccess ofEnvironment(Map<String, String> environment) throws SQLException {
        TablesEnvironment settings = new TablesEnvironment(environment);
        Optional<Login> admin = settings.admin();
        if (admin.isPresent()) {
            new Bootstrap(settings.address(), admin.get()).run(settings.passwords());
        }
        return new TablesAccess(
                settings.address(), settings.owner(), settings.capture().orElse(null), null);
    }

    /// The database of the system on this data folder. When none is running, its engines are
    /// started for as long as this is open.
    public static TablesAccess ofDataFolder(Path folder, PrintStream err)
            throws IOException, SQLException {
        Optional<RunningSystem> running = RunningSystem.find(folder);
        if (running.isPresent()) {
            RunningSystem system = running.get();
            RolePasswords passwords = RolePasswords.of(folder);
            return new TablesAccess(
                    new DatabaseAddress(
                            system.databaseHost(), system.databasePort(), system.databaseName()),
                    passwords.login(Role.OWNER),
                    passwords.login(Role.CDC),
                    null);
        }
        err.println("no system is running on " + folder + ": starting its database for this");
        Files.createDirectories(folder);
        Backends backends =
                Backends.startPostgres(
                        folder,
                        BackendOptions.defaults().withProgress(step -> err.println("  " + step)));
        try {
            PostgresAddress postgres = backends.postgres();
            DatabaseAddress address =
                    new DatabaseAddress(postgres.host(), postgres.port(), DATABASE);
            RolePasswords passwords = RolePasswords.of(folder);
            new Bootstrap(address, new Login(postgres.adminUser(), postgres.adminPassword()))
                    .run(passwords.all());
            return new TablesAccess(
                    address, passwords.login(Role.OWNER), passwords.login(Role.CDC), backends);
        } catch (IOException | SQLException | RuntimeException e) {
            backends.close();
            throw e;
        }
    }

    /// Reads a URL such as `jdbc:postgresql://db.example:5432/darkroom`.
    public static DatabaseAddress address(String jdbcUrl) {
        var matcher =
                java.util.regex.Pattern.compile("jdbc:postgresql://([^:/?]+)(?::(\\d+))?/([^?]+)")
                        .matcher(jdbcUrl);
        if (!matcher.matches()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "not a database URL: "
                            + jdbcUrl
                            + "\nexpected: jdbc:postgresql://HOST:PORT/DATABASE");
        }
        String port = matcher.group(2);
        return new DatabaseAddress(
                matcher.group(1), port == null ? 5432 : Integer.parseInt(port), matcher.group(3));
    }

    /// Applies what is missing, and makes the place in the log where change data capture starts.
    ///
    /// Logged in as an owner alone it cannot make that place: sync-service then asks for it.
    ///
    /// @param track only this one, or both when null
    /// @return how many migrations were applied
    public int migrate(@Nullable Track track) throws SQLException {
        int applied = track == null ? migrations.migrate() : migrations.migrate(track);
        if (capture != null) {
            new CaptureSlot(address, capture).createBeforeTheFirstRow();
        }
        return applied;
    }

    public Migrations migrations() {
        return migrations;
    }

    public DatabaseAddress address() {
        return address;
    }

    @Override
    public void close() {
        if (started != null) {
            started.close();
        }
    }
}
