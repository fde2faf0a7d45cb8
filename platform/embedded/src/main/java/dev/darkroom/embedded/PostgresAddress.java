package dev.darkroom.embedded;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.StringJoiner;

/// Where a PostgreSQL server answers and who may administer it.
///
/// @param host name or address
/// @param port TCP port, 1 to 65535
/// @param adminUser a role that may create roles, databases and extensions
/// @param adminPassword the password of that role; never part of `toString`
/// @param parameters what follows the database in the URL, such as `sslmode=require`; often empty
public record PostgresAddress(
        String host, int port, String adminUser, String adminPassword, String parameters) {

    public PostgresAddress {
        Objects.requireNonNull(adminUser, "adminUser");
        Objects.requireNonNull(adminPassword, "adminPassword");
        Objects.requireNonNull(parameters, "parameters");
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535: " + port);
        }
    }

    /// An address without connection parameters.
    public PostgresAddress(String host, int port, String adminUser, String adminPassword) {
        this(host, port, adminUser, adminPassword, "");
    }

    /// Reads an address from a JDBC URL that names its user: one host, and `user` and `password`
    /// among its parameters. The database it names is not kept.
    static PostgresAddress parse(String jdbcUrl) {
        String prefix = "jdbc:postgresql://";
        if (!jdbcUrl.startsWith(prefix)) {
            throw unreadable("it does not start with " + prefix);
        }
        URI uri;
        try {
            uri = new URI(jdbcUrl.substring("jdbc:".length()));
        } catch (URISyntaxException e) {
            // The cause would quote the URL, password and all.
            throw unreadable("it is not a URL, at character " + e.getIndex());
        }
        if (uri.getHost() == null) {
            throw unreadable("it does not name one host");
        }
        String user = "";
        String password = "";
        StringJoiner others = new StringJoiner("&");
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("user=")) {
                user = value(parameter);
            } else if (parameter.startsWith("password=")) {
                password = value(parameter);
            } else if (!parameter.isEmpty()) {
                others.add(parameter);
            }
        }
        if (user.isEmpty()) {
            throw unreadable("it does not name a user");
        }
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        return new PostgresAddress(uri.getHost(), port, user, password, others.toString());
    }

    private static String value(String parameter) {
        String raw = parameter.substring(parameter.indexOf('=') + 1);
        return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException unreadable(String why) {
        return new IllegalArgumentException(
                "cannot use the PostgreSQL URL: "
                        + why
                        + "; expected jdbc:postgresql://host:port/database?user=...&password=...");
    }

    /// The JDBC URL of one database on this server, without credentials.
    public String jdbcUrl(String database) {
        String shownHost = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "jdbc:postgresql://"
                + shownHost
                + ":"
                + port
                + "/"
                + database
                + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    @Override
    public String toString() {
        return "PostgresAddress[" + adminUser + "@" + host + ":" + port + "]";
    }
}
