package dev.darkroom.database;

import java.util.Locale;

/// Where the database is: host, port and name. Who logs in is said apart, as a [Login].
public record DatabaseAddress(String host, int port, String name) {
    public DatabaseAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the database host is missing");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the database port must be 1 to 65535: " + port);
        }
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
    }

    /// The JDBC URL, without credentials.
    public String jdbcUrl() {
        return String.format(Locale.ROOT, "jdbc:postgresql://%s:%d/%s", host, port, name);
    }

    /// The same server's database of this name.
    public DatabaseAddress withName(String otherName) {
        return new DatabaseAddress(host, port, otherName);
    }
}
