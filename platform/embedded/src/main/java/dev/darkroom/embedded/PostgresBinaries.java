package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A PostgreSQL installation with the `vector` extension, ready to run.
///
/// @param bin the folder with `initdb` and `postgres`
/// @param version as `postgres --version` names it, such as `17.11`
/// @param pgvector the extension's version, such as `0.8.7`
/// @param origin where it came from, for people
record PostgresBinaries(Path bin, String version, String pgvector, String origin) {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+(?:\\.\\d+)*)");

    private static final Pattern EXTENSION_VERSION =
            Pattern.compile("default_version\\s*=\\s*'([^']+)'");

    /// The installation in a folder, or empty when it lacks `postgres`, `initdb` or `vector`.
    ///
    /// @param extensions the folder with the extensions' control files
    static Optional<PostgresBinaries> find(Path bin, Path extensions, String origin) {
        Path control = extensions.resolve("vector.control");
        if (!Files.isExecutable(bin.resolve("postgres"))
                || !Files.isExecutable(bin.resolve("initdb"))
                || !Files.isReadable(control)) {
            return Optional.empty();
        }
        String printed = Command.of(bin.resolve("postgres").toString(), "--version").run();
        Matcher version = VERSION.matcher(printed);
        if (!version.find()) {
            return Optional.empty();
        }
        return Optional.of(
                new PostgresBinaries(bin, version.group(1), extensionVersion(control), origin));
    }

    int major() {
        int dot = version.indexOf('.');
        return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
    }

    String description() {
        return "PostgreSQL " + version + " with pgvector " + pgvector + " (" + origin + ")";
    }

    private static String extensionVersion(Path control) {
        try {
            Matcher version = EXTENSION_VERSION.matcher(Files.readString(control));
            return version.find() ? version.group(1) : "unknown";
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot read " + control, e);
        }
    }
}
