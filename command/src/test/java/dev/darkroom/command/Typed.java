package dev.darkroom.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
    /// Runs a command in this JVM, whose standard streams are its own meanwhile.
    public static Typed here(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        StringWriter said = new StringWriter();
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            CommandLine command = Darkroom.commandLine().setErr(new PrintWriter(said));
            int code = command.execute(arguments);
            return new Typed(
                    code,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8) + said);
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
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
