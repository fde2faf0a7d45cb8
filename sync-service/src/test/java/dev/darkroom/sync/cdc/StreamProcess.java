package dev.darkroom.sync.cdc;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.schema.Role;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// An instance of the change stream in a JVM of its own, to be killed.
final class StreamProcess implements AutoCloseable {
    private final Process process;

    private StreamProcess(Process process) {
        this.process = process;
    }

    static StreamProcess start(StreamHouse house) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamProcess.class.getName(),
                        house.kafka().bootstrapServers(),
                        house.address().host(),
                        Integer.toString(house.address().port()),
                        house.address().name());
        return new StreamProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(house.childLog()))
                        .start());
    }

    /// What the child runs.
    public static void main(String[] args) throws InterruptedException {
        new ChangeStreams(
                        StreamHouse.settings(),
                        new KafkaProperties(args[0], 3, (short) -1),
                        new DatabaseAddress(args[1], Integer.parseInt(args[2]), args[3]),
                        StreamHouse.login(Role.CDC))
                .start();
        new CountDownLatch(1).await();
    }

    long pid() {
        return process.pid();
    }

    /// Stops it where it stands; to its machine it is still there.
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-s", name, Long.toString(pid())).start().waitFor();
        if (exit != 0) {
            throw new IOException("kill -s " + name + " ended with " + exit);
        }
    }

    /// kill -9.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
