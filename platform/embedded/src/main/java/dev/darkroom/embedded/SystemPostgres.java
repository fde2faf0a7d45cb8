package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The PostgreSQL that the system has installed, where it has the `vector` extension too. Its
/// programs run on our own data folder; its own clusters are not touched.
final class SystemPostgres implements PostgresSource {

    private final Path system;

    /// @param system the root of the file system
    SystemPostgres(Path system) {
        this.system = system;
    }

    @Override
    public String name() {
        return "the system's PostgreSQL";
    }

    /// The newest that will do.
    @Override
    public Optional<PostgresBinaries> present(MajorVersion wanted) {
        return installed().stream()
                .filter(binaries -> wanted.accepts(binaries.major()))
                .max(Comparator.comparingInt(PostgresBinaries::major));
    }

    @Override
    public PostgresBinaries obtain(MajorVersion wanted, Consumer<String> progress)
            throws Unobtainable {
        throw new Unobtainable("none of version " + wanted + " with pgvector is installed", "");
    }

    private List<PostgresBinaries> installed() {
        List<PostgresBinaries> found = new ArrayList<>();
        for (Path home : homes(system.resolve("usr/lib/postgresql"), "*")) {
            Path share = system.resolve("usr/share/postgresql").resolve(home.getFileName());
            PostgresBinaries.find(home.resolve("bin"), share.resolve("extension"), name())
                    .ifPresent(found::add);
        }
        for (Path home : homes(system.resolve("usr"), "pgsql-*")) {
            PostgresBinaries.find(home.resolve("bin"), home.resolve("share/extension"), name())
                    .ifPresent(found::add);
        }
        return found;
    }

    private static List<Path> homes(Path parent, String pattern) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<Path> homes = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, pattern)) {
            entries.forEach(homes::add);
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot list " + parent, e);
        }
        return homes;
    }
}
