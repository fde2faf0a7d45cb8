package dev.darkroom.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Backends in a JVM of their own that a test may kill.
final class ChildBackends implements AutoCloseable {

    private final Process process;
    private final String bootstrapServers;
    private final PostgresAddress postgres;

    private ChildBackends(Process process, String bootstrapServers, PostgresAddress postgres) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
        this.postgres = postgres;
    }

    /// Starts them and waits until they answer.
    ///
    /// @param prefix put before the command line, to run it as another user
    static ChildBackends start(Path folder, List<String> prefix) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> line = new ArrayList<>(prefix);
        line.addAll(
                List.of(
                        java.toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        ChildMain.class.getName(),
                        folder.toString(),
                        BackendOptions.defaults().cacheFolder().toString()));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        String text;
        while ((text = output.readLine()) != null) {
            said.append(text).append('\n');
            if (text.startsWith("READY ")) {
                String[] words = text.split(" ", -1);
                drain(output);
                return new ChildBackends(
                        process,
                        words[1],
                        new PostgresAddress(
                                "127.0.0.1", Integer.parseInt(words[2]), "postgres", words[3]));
            }
        }
        throw new AssertionError("the child did not start:\n" + said);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    PostgresAddress postgres() {
        return postgres;
    }

    long pid() {
        return process.pid();
    }

    /// As `kill -9` does.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Lets it close its backends and end.
    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            process.getOutputStream().close();
        }
        process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }

    private static void drain(BufferedReader output) {
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
    }
}
