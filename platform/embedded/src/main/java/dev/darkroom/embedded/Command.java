package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A program run to its end, with a deadline, its output kept.
///
/// @param line program and arguments
/// @param folder where it runs
/// @param environment added to this process's own
/// @param deadline after which it and its children are killed
record Command(List<String> line, Path folder, Map<String, String> environment, Duration deadline) {

    Command {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
        if (line.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
    }

    /// A command in the root folder with five minutes.
    static Command of(String... line) {
        return of(List.of(line));
    }

    static Command of(List<String> line) {
        return new Command(line, Path.of("/"), Map.of(), Duration.ofMinutes(5));
    }

    Command in(Path otherFolder) {
        return new Command(line, otherFolder, environment, deadline);
    }

    Command with(String variable, String value) {
        return new Command(line, folder, Map.of(variable, value), deadline);
    }

    /// Whether a program of this name is on the search path.
    static boolean exists(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String entry : path.split(":", -1)) {
            if (!entry.isEmpty() && Files.isExecutable(Path.of(entry, program))) {
                return true;
            }
        }
        return false;
    }

    /// Runs it and returns what it printed; a failure is an exception that quotes the output.
    String run() {
        Result result = tryRun();
        if (result.exit() != 0) {
            throw new BackendsUnavailable(
                    "`"
                            + String.join(" ", line)
                            + "` ended with "
                            + result.exit()
                            + ":\n"
                            + tail(result.output()));
        }
        return result.output();
    }

    /// Runs it and returns how it ended.
    Result tryRun() {
        Path output = null;
        try {
            output = Files.createTempFile("darkroom-command", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(line)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            await(process);
            String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot run `" + String.join(" ", line) + "`", e);
        } finally {
            delete(output);
        }
    }

    /// The last lines of a text, enough for an error message.
    static String tail(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /// Nothing we started outlives its deadline, or our interruption.
    private void await(Process process) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                throw new BackendsUnavailable(
                        "`" + String.join(" ", line) + "` did not end within " + deadline);
            }
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new BackendsUnavailable("interrupted during `" + line.getFirst() + "`", e);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new BackendsUnavailable("cannot delete " + file, e);
            }
        }
    }

    /// @param exit the exit code
    /// @param output what it printed, standard error included
    record Result(int exit, String output) {}
}
