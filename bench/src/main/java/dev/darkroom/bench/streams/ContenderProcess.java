package dev.darkroom.bench.streams;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A contender in a JVM of its own, so that its processor time is its own and so that it stays warm
/// from round to round.
final class ContenderProcess implements AutoCloseable {
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    private ContenderProcess(Process process) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /// What one drain took, from the first row that Kafka acknowledged to the last.
    record Drain(long rows, Duration wall, Duration processor) {
        double rowsPerSecond() {
            return rows * 1e9 / wall.toNanos();
        }
    }

    /// @param contender `relay`, `darkroom` or `debezium`
    static ContenderProcess start(String contender, Place place) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseParallelGC",
                                "-Xmx512m",
                                "-Dorg.springframework.boot.logging.LoggingSystem=none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ContenderProcess.class.getName(),
                                contender));
        command.addAll(place.arguments());
        return new ContenderProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /// Publishes what is in the log, and ends behind this many rows.
    Drain drain(long rows) throws IOException {
        commands.println("drain " + rows);
        String[] answer = answer().split(" ", -1);
        return new Drain(
                rows,
                Duration.ofNanos(Long.parseLong(answer[0])),
                Duration.ofNanos(Long.parseLong(answer[1])));
    }

    /// Streams until the process ends.
    void stream() throws IOException {
        commands.println("stream");
        String _ = answer();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the contender died");
        }
        return line;
    }

    /// Processor time since its start.
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// What the child runs.
    public static void main(String[] args) throws Exception {
        List<String> arguments = List.of(args);
        Place place = Place.of(arguments.subList(1, arguments.size()));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Contender contender = contender(arguments.getFirst(), place);
            contender.start();
            if (line.equals("stream")) {
                out.println("streaming");
            } else {
                out.println(drain(contender, Long.parseLong(line.split(" ", -1)[1])));
                contender.stop();
            }
        }
        System.exit(0);
    }

    private static Contender contender(String name, Place place) {
        return switch (name) {
            case "relay" -> new BareRelay(place);
            case "darkroom" -> new Darkroom(place);
            case "debezium" -> new PlainDebezium(place);
            default -> throw new IllegalArgumentException("no such contender: " + name);
        };
    }

    private static String drain(Contender contender, long rows) {
        while (contender.rows() == 0) {
            LockSupport.parkNanos(200_000);
        }
        long begun = System.nanoTime();
        Duration used = used();
        while (contender.rows() < rows) {
            LockSupport.parkNanos(1_000_000);
        }
        long wall = System.nanoTime() - begun;
        return wall + " " + used().minus(used).toNanos();
    }

    private static Duration used() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }
}
