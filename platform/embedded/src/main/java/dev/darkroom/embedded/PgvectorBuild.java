package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// pgvector compiled from its source against PostgreSQL's server headers, with plain gcc lines.
///
/// The flags are those of pgvector's Makefile without `-march=native`, as distributions build it:
/// the cache may move between machines, and pgvector picks its instructions at run time.
final class PgvectorBuild {

    private static final List<String> COMPILE =
            List.of(
                    "gcc",
                    "-c",
                    "-O2",
                    "-fPIC",
                    "-fvisibility=hidden",
                    "-fno-strict-aliasing",
                    "-fwrapv",
                    "-fno-math-errno",
                    "-ftree-vectorize",
                    "-fassociative-math",
                    "-fno-signed-zeros",
                    "-fno-trapping-math",
                    "-fexcess-precision=standard",
                    "-D_GNU_SOURCE");

    private static final Pattern VERSION = Pattern.compile("default_version\\s*=\\s*'([^']+)'");

    private final Path source;
    private final Path headers;

    /// @param source pgvector's source, the folder with `vector.control`
    /// @param headers PostgreSQL's server headers, the folder with `postgres.h`
    PgvectorBuild(Path source, Path headers) {
        this.source = source;
        this.headers = headers;
    }

    /// Compiles, then puts the library and the extension's scripts into an installation.
    ///
    /// @param library the folder of PostgreSQL's loadable libraries
    /// @param extensions the folder of the extensions' control files
    void install(Path library, Path extensions) {
        try {
            Path objects = Files.createDirectories(source.resolve("objects"));
            List<String> link =
                    new ArrayList<>(List.of("gcc", "-shared", "-o", library + "/vector.so"));
            link.addAll(compile(objects));
            link.add("-lm");
            Command.of(link).in(source).run();
            copyScripts(extensions);
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot build pgvector in " + source, e);
        }
    }

    private List<String> compile(Path objects) throws IOException {
        List<String> made = new ArrayList<>();
        List<Future<String>> running = new ArrayList<>();
        int processors = Runtime.getRuntime().availableProcessors();
        try (ExecutorService executor = Executors.newFixedThreadPool(processors);
                DirectoryStream<Path> files =
                        Files.newDirectoryStream(source.resolve("src"), "*.c")) {
            for (Path file : files) {
                Path object = objects.resolve(file.getFileName() + ".o");
                made.add(object.toString());
                List<String> line = new ArrayList<>(COMPILE);
                line.addAll(List.of("-I", headers.toString(), "-o", object.toString()));
                line.add(file.toString());
                running.add(executor.submit(() -> Command.of(line).in(source).run()));
            }
        }
        for (Future<String> one : running) {
            await(one);
        }
        return made;
    }

    private static void await(Future<String> compilation) {
        try {
            compilation.get();
        } catch (ExecutionException e) {
            throw new BackendsUnavailable("pgvector does not compile: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendsUnavailable("interrupted while compiling pgvector", e);
        }
    }

    private void copyScripts(Path extensions) throws IOException {
        Path control = source.resolve("vector.control");
        Matcher version = VERSION.matcher(Files.readString(control));
        if (!version.find()) {
            throw new BackendsUnavailable("no default_version in " + control);
        }
        copy(control, extensions.resolve("vector.control"));
        copy(
                source.resolve("sql/vector.sql"),
                extensions.resolve("vector--" + version.group(1) + ".sql"));
        try (DirectoryStream<Path> updates =
                Files.newDirectoryStream(source.resolve("sql"), "*--*--*.sql")) {
            for (Path update : updates) {
                copy(update, extensions.resolve(String.valueOf(update.getFileName())));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
