package dev.darkroom.sync.cdc;

import dev.darkroom.database.Bootstrap;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.database.Migrations;
import dev.darkroom.embedded.Backends;
import dev.darkroom.embedded.PostgresAddress;
import dev.darkroom.schema.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/// A migrated PostgreSQL that was stopped cleanly, made once in this JVM: each test runs on a copy
/// of its folder, which takes a fraction of the time.
final class MigratedPostgres {
    private static final Path MADE = make();

    private MigratedPostgres() {}

    /// @param folder is not there yet
    static void copyTo(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        // With owners and permissions, which PostgreSQL insists on.
        try {
            Process copy =
                    new ProcessBuilder("cp", "-a", MADE.toString(), folder.toString())
                            .inheritIO()
                            .start();
            if (copy.waitFor() != 0) {
                throw new IOException("cp ended with " + copy.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("darkroom-migrated");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            try (Backends backends = Backends.startPostgres(folder, StreamHouse.options())) {
                PostgresAddress server = backends.postgres();
                DatabaseAddress address =
                        new DatabaseAddress(server.host(), server.port(), "darkroom");
                new Bootstrap(address, new Login(server.adminUser(), server.adminPassword()))
                        .run(
                                Arrays.stream(Role.values())
                                        .collect(
                                                Collectors.toMap(
                                                        role -> role, _ -> StreamHouse.PASSWORD)));
                new Migrations(address, StreamHouse.login(Role.OWNER)).migrate();
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the database was not migrated", e);
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
