package dev.darkroom.database;

import dev.darkroom.schema.Role;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How a service reaches PostgreSQL. Which role it logs in as is fixed in its code; only the
/// password is configured.
///
/// @param host one host, or the primary and its standbys as `a,b:5433`
/// @param port of the hosts that name none
@ConfigurationProperties(prefix = "darkroom.database", ignoreUnknownFields = false)
public record DatabaseProperties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("5432") int port,
        @DefaultValue("darkroom") String name,
        @DefaultValue("") String password) {

    public DatabaseAddress address() {
        return new DatabaseAddress(host, port, name);
    }

    /// The login of a service's role.
    public Login login(Role role) {
        return new Login(role.roleName(), password);
    }
}
