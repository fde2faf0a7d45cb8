package dev.darkroom.bench.thumbnails;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// sharp in a process of Node's, one way of using it.
final class SharpContender implements Contender {

    private final Node node;
    private final String mode;

    private SharpContender(Node node, String mode) {
        this.node = node;
        this.mode = mode;
    }

    /// Node with `bench/sharp/worker.js`, shared by several ways.
    static final class Node implements AutoCloseable {
        private final Process process;
        private final PrintStream commands;
        private final BufferedReader answers;
        private final String version;

        private Node(Process process) throws IOException {
            this.process = process;
            this.commands =
                    new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            this.answers = process.inputReader(StandardCharsets.UTF_8);
            this.version = answer("ready");
        }

        /// Installs what the lock file pins, once, and starts the worker.
        ///
        /// @throws IOException when npm or Node is not here, or does not come up
        static Node start(Path folder) throws IOException, InterruptedException {
            if (!Files.isDirectory(folder.resolve("node_modules"))) {
                Process npm =
                        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                                .directory(folder.toFile())
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start();
                if (npm.waitFor() != 0) {
                    throw new IOException("npm ci in " + folder + " failed");
                }
            }
            return new Node(
                    new ProcessBuilder("node", "worker.js")
                            .directory(folder.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        }

        String version() {
            return version;
        }

        ProcessHandle handle() {
            return process.toHandle();
        }

        Contender mode(String mode) {
            return new SharpContender(this, mode);
        }

        private String command(String line) throws IOException {
            commands.println(line);
            return answer("ok");
        }

        private String answer(String expected) throws IOException {
            String line = answers.readLine();
            if (line == null || !line.startsWith(expected)) {
                throw new IOException("sharp: " + line);
            }
            return line.substring(expected.length()).strip();
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    @Override
    public String name() {
        return "sharp " + mode;
    }

    @Override
    public Cost run(Path photo, int times, int atOnce) throws IOException {
        List<ProcessHandle> processes = List.of(node.handle());
        long before = ProcessorClock.nanos(processes);
        String answer = node.command("run " + mode + " " + photo + " " + times + " " + atOnce);
        double pictures = 1e6 * times * atOnce;
        double processor = (ProcessorClock.nanos(processes) - before) / pictures;
        String[] numbers = answer.split(" ", -1);
        long bytes = 0;
        for (int i = 1; i < numbers.length; i++) {
            bytes += Long.parseLong(numbers[i]);
        }
        return new Cost(processor, Long.parseLong(numbers[0]) / pictures, bytes);
    }

    @Override
    public List<byte[]> thumbnails(Path photo) throws IOException {
        Path prefix = Files.createTempDirectory("darkroom-sharp").resolve("thumbnail");
        node.command("dump " + mode + " " + photo + " " + prefix);
        List<byte[]> thumbnails = new ArrayList<>();
        for (int size : SIZES) {
            Path file = Path.of(prefix + "-" + size + ".jpg");
            thumbnails.add(Files.readAllBytes(file));
            Files.delete(file);
        }
        Files.delete(prefix.getParent());
        return thumbnails;
    }
}
