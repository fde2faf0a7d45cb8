package dev.darkroom.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/// What somebody typed behind `./darkroom`, and what came of it.
///
/// @param code the exit code
/// @param out what it wrote to standard output
/// @param err what it wrote to standard error
public record Typed(int code, String out, String err) {
    /// Runs a command in this JVM. What other threads write meanwhile, such as those of a system
    /// that runs here too, goes where it went before.
    public static Typed here(String... arguments) {
        StringWriter said = new StringWriter();
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        Paper out = new Paper(outBefore);
        Paper err = new Paper(errBefore);
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            CommandLine command = Darkroom.commandLine().setErr(new PrintWriter(said));
            int code = command.execute(arguments);
            return new Typed(code, out.text(), err.text() + said);
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    /// What this thread writes.
    private static final class Paper extends OutputStream {
        private final Thread typist = Thread.currentThread();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final PrintStream others;

        Paper(PrintStream others) {
            this.others = others;
        }

        @Override
        public void write(int letter) {
            if (Thread.currentThread().equals(typist)) {
                bytes.write(letter);
            } else {
                others.write(letter);
            }
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    /// Runs a command in a process of its own, for those that write past `System.out`.
    public static Typed inAProcess(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Darkroom.class.getName()));
        command.addAll(List.of(arguments));
        Path err = Files.createTempFile("darkroom-typed", ".err");
        try {
            Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
            byte[] out = process.getInputStream().readAllBytes();
            return new Typed(
                    process.waitFor(),
                    new String(out, StandardCharsets.UTF_8),
                    Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
