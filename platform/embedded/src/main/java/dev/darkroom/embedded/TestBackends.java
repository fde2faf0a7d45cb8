package dev.darkroom.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// Backends for tests, one set per JVM, stopped and deleted when the JVM exits.
///
/// With the system property `darkroom.backends=testcontainers`, or `DARKROOM_BACKENDS` in the
/// environment, they are containers; the module under test then needs Testcontainers on its test
/// class path. Tests keep apart by database and topic names of their own.
public final class TestBackends {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestBackends() {}

    /// The backends all tests of this JVM share. Not durable: for tests that kill nothing.
    public static Backends shared() {
        return Shared.BACKENDS;
    }

    /// Makes an empty database on the shared server and returns its name.
    ///
    /// @param prefix the first part of the name: lower-case letters, digits and underscores
    public static String createDatabase(String prefix) {
        if (!prefix.matches("[a-z][a-z0-9_]{0,30}")) {
            throw new IllegalArgumentException("not a prefix for a database's name: " + prefix);
        }
        String name = prefix + "_" + DATABASES.incrementAndGet();
        PostgresAddress postgres = shared().postgres();
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl("postgres"),
                                postgres.adminUser(),
                                postgres.adminPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new BackendsUnavailable("cannot make the database " + name, e);
        }
        return name;
    }

    private static Backends start() {
        return switch (chosen()) {
            case "embedded" -> startEmbedded();
            case "testcontainers" -> startContainers();
            default ->
                    throw new IllegalArgumentException(
                            "darkroom.backends must be embedded or"
                                    + " testcontainers: "
                                    + chosen());
        };
    }

    private static String chosen() {
        String environment = System.getenv().getOrDefault("DARKROOM_BACKENDS", "embedded");
        return System.getProperty("darkroom.backends", environment).toLowerCase(Locale.ROOT);
    }

    private static Backends startContainers() {
        Backends backends = ContainerBackends.start();
        atExit(backends::close);
        return backends;
    }

    private static Backends startEmbedded() {
        try {
            Path folder = Files.createTempDirectory("darkroom-test-backends");
            Backends backends =
                    Backends.start(folder, BackendOptions.defaults().withDurable(false));
            atExit(
                    () -> {
                        backends.close();
                        delete(folder);
                    });
            return backends;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for test backends", e);
        }
    }

    private static void atExit(Runnable action) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(action));
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    /// Started by the first test that asks.
    private static final class Shared {
        static final Backends BACKENDS = start();
    }
}
