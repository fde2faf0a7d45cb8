package dev.darkroom.bench.search;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Sql;
import dev.darkroom.schema.Role;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/// The rival: the statements of a search, sent by pgbench, which does nothing else.
final class PgBench {
    private final DatabaseAddress address;
    private final Path folder;
    private final List<Path> scripts = new ArrayList<>();

    PgBench(DatabaseAddress address, Path folder) {
        this.address = address;
        this.folder = folder;
    }

    static boolean isHere() {
        try {
            return new ProcessBuilder("pgbench", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// A search, as library-service sends it.
    ///
    /// @param parameters by name, each as it stands in SQL
    /// @param ids the assets that it finds
    void add(Map<String, String> parameters, List<String> ids) throws IOException {
        Path script = folder.resolve("search-" + scripts.size() + ".sql");
        Files.writeString(
                script,
                String.join(
                        ";\n",
                        "begin read only",
                        statement("search.ActiveSpaces", "ALL", parameters),
                        statement("search.ActiveSpaces", "VECTOR", parameters),
                        statement("search.SearchSettings", "SET", parameters),
                        statement("search.Nearest", "BY_INDEX", parameters),
                        "commit",
                        statement(
                                "catalogue.Assets",
                                "LISTED",
                                Map.of("ids", "'{" + String.join(",", ids) + "}'")),
                        ""));
        scripts.add(script);
    }

    /// Milliseconds of each of so many searches.
    List<Double> run(int searches) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "pgbench",
                                "-n",
                                "-c",
                                "1",
                                "-t",
                                Integer.toString(searches),
                                "-l"));
        command.add("--log-prefix=" + folder.resolve("log"));
        scripts.forEach(script -> command.addAll(List.of("-f", script.toString())));
        command.addAll(
                List.of(
                        "-h",
                        address.host(),
                        "-p",
                        Integer.toString(address.port()),
                        "-U",
                        Role.LIBRARY.roleName(),
                        address.name()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("pgbench.out").toFile());
        builder.environment().put("PGPASSWORD", VectorLibrary.PASSWORD);
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("pgbench.out")));
        }
        return readLog();
    }

    private List<Double> readLog() throws IOException {
        List<Double> milliseconds = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path log :
                    files.filter(file -> file.getFileName().toString().startsWith("log."))
                            .toList()) {
                for (String line : Files.readAllLines(log)) {
                    milliseconds.add(Long.parseLong(line.split(" ", -1)[2]) / 1e3);
                }
                Files.delete(log);
            }
        }
        return milliseconds;
    }

    /// The text of library-service's own statement.
    private static String statement(String type, String field, Map<String, String> parameters) {
        try {
            Field sql = Class.forName("dev.darkroom.library." + type).getDeclaredField(field);
            sql.setAccessible(true);
            String text = ((Sql) sql.get(null)).text();
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                text =
                        text.replaceAll(
                                "(?<!:):" + parameter.getKey() + "\\b",
                                Matcher.quoteReplacement(parameter.getValue()));
            }
            return text.strip();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "library-service has no statement " + type + "." + field, e);
        }
    }
}
