package dev.darkroom.database;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Where the database is: host, port and name. Who logs in is said apart, as a [Login].
///
/// With a standby there are several hosts, `a,b:5433`: one of them is the primary, and every new
/// connection looks for it. So after a failover the services find the new one by themselves.
///
/// @param host one host, or several separated by commas, each with a port of its own or without
/// @param port of the hosts that name none
public record DatabaseAddress(String host, int port, String name) {
    public DatabaseAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the database host is missing");
        }
        if (!host.matches("[^,/?&\\s]+(,[^,/?&\\s]+)*")) {
            throw new IllegalArgumentException(
                    "the database host must be one host, or several separated by commas: " + host);
        }
        requirePort(port);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        for (String one : host.split(",", -1)) {
            requirePort(portOf(one, port));
        }
    }

    /// The JDBC URL, without credentials.
    public String jdbcUrl() {
        List<String> hosts =
                Arrays.stream(host.split(",", -1))
                        .map(one -> nameOf(one) + ":" + portOf(one, port))
                        .toList();
        return String.format(
                Locale.ROOT,
                "jdbc:postgresql://%s/%s%s",
                hosts.stream().collect(Collectors.joining(",")),
                name,
                hosts.size() == 1 ? "" : "?targetServerType=primary&hostRecheckSeconds=1");
    }

    /// The same server's database of this name.
    public DatabaseAddress withName(String otherName) {
        return new DatabaseAddress(host, port, otherName);
    }

    /// The same database on one server.
    public DatabaseAddress at(String oneHost, int itsPort) {
        return new DatabaseAddress(oneHost, itsPort, name);
    }

    private static String nameOf(String one) {
        return hasPort(one) ? one.substring(0, one.lastIndexOf(':')) : one;
    }

    private static int portOf(String one, int otherwise) {
        return hasPort(one) ? Integer.parseInt(one.substring(one.lastIndexOf(':') + 1)) : otherwise;
    }

    /// An IPv6 address in brackets has colons of its own.
    private static boolean hasPort(String one) {
        return one.matches(".*[^:]:\\d{1,5}") && (!one.startsWith("[") || one.contains("]:"));
    }

    private static void requirePort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the database port must be 1 to 65535: " + port);
        }
    }
}
