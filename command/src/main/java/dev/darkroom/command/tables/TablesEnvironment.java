package dev.darkroom.command.tables;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.schema.Role;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The environment variables that tell `db` where the database is, named as those of the services.
///
/// `DARKROOM_DATABASE_HOST`, `_PORT` and `_NAME`; `DARKROOM_DATABASE_ADMIN_USER` and
/// `DARKROOM_DATABASE_ADMIN_PASSWORD` when roles are to be made; `DARKROOM_PASSWORD_OWNER`,
/// `DARKROOM_PASSWORD_INGEST` and so on, one for each role.
final class TablesEnvironment {
    static final String HOST = "DARKROOM_DATABASE_HOST";

    private final Map<String, String> environment;

    TablesEnvironment(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    DatabaseAddress address() {
        String port = environment.getOrDefault("DARKROOM_DATABASE_PORT", "5432");
        try {
            return new DatabaseAddress(
                    required(HOST),
                    Integer.parseInt(port),
                    environment.getOrDefault("DARKROOM_DATABASE_NAME", "darkroom"));
        } catch (NumberFormatException e) {
            throw new CommandFailed(
                    ExitCode.USAGE, "DARKROOM_DATABASE_PORT is not a number: " + port, e);
        }
    }

    /// The administrator, when one is named.
    Optional<Login> admin() {
        return Optional.ofNullable(environment.get("DARKROOM_DATABASE_ADMIN_USER"))
                .map(user -> new Login(user, required("DARKROOM_DATABASE_ADMIN_PASSWORD")));
    }

    Login owner() {
        return new Login(Role.OWNER.roleName(), required(variable(Role.OWNER)));
    }

    /// Who reads the write-ahead log, when its password is given.
    Optional<Login> capture() {
        return Optional.ofNullable(environment.get(variable(Role.CDC)))
                .map(password -> new Login(Role.CDC.roleName(), password));
    }

    /// One for every role.
    Map<Role, String> passwords() {
        Map<Role, String> passwords = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            passwords.put(role, required(variable(role)));
        }
        return passwords;
    }

    private static String variable(Role role) {
        return "DARKROOM_PASSWORD_" + role.name();
    }

    private String required(String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new CommandFailed(
                    ExitCode.USAGE, "the environment variable " + name + " is missing");
        }
        return value;
    }
}
