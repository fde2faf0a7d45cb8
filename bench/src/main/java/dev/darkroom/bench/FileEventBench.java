package dev.darkroom.bench;

import dev.darkroom.command.up.Steps;
import dev.darkroom.command.up.UpOptions;
import dev.darkroom.command.up.UpPorts;
import dev.darkroom.command.up.WholeSystem;
import dev.darkroom.schema.Topic;
import dev.darkroom.sync.folders.FolderProperties;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How long a change in a watched folder takes until its event is readable on `file-changed`, in
/// the whole system, at so many changes a second.
///
/// The clock starts when the last system call of the change has returned. A new or changed file is
/// read once it was left alone for the settle time, so that time is told apart.
public final class FileEventBench {
    private static final int FILES = Integer.getInteger("files", 200);
    private static final int RATE = Integer.getInteger("rate", 10);
    private static final int BYTES = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Random random = new Random(3);
    private final Map<String, Long> changed = new ConcurrentHashMap<>();
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private volatile boolean done;

    private FileEventBench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("darkroom-file-events");
        UpOptions options =
                new UpOptions(
                        folder.resolve("data"),
                        new UpPorts(0, 0, 0, 0, 0),
                        null,
                        UpOptions.OnFailedMigration.FAIL,
                        List.of(folder));
        Steps steps = new Steps(System.err);
        try (WholeSystem system = WholeSystem.start(options, steps)) {
            new FileEventBench().run(system, Files.createDirectory(folder.resolve("watched")));
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        // Kafka's threads would keep the process.
        System.exit(0);
    }

    private void run(WholeSystem system, Path folder) throws Exception {
        Files.createDirectory(folder.resolve("moved"));
        register(system.running().uploads(), folder);
        Thread reader = Thread.ofPlatform().start(() -> read(system.running().kafka()));
        awaitWatch(folder);
        Duration settle = FolderProperties.defaults().settle();
        out.printf(
                Locale.ROOT,
                "%d changes of each kind, %d a second, files of %d kB; settle time %d ms%n%n"
                        + "| change | p50 ms | p99 ms | max ms | after settling: p50 | p99 | max |%n"
                        + "|---|--:|--:|--:|--:|--:|--:|%n",
                FILES,
                RATE,
                BYTES / 1_000,
                settle.toMillis());
        measure("created", settle, i -> write(folder.resolve(name(i))));
        measure("modified", settle, i -> write(folder.resolve(name(i))));
        measure(
                "moved",
                Duration.ZERO,
                i -> Files.move(folder.resolve(name(i)), folder.resolve("moved/" + name(i))));
        measure("deleted", Duration.ZERO, i -> Files.delete(folder.resolve("moved/" + name(i))));
        done = true;
        reader.join();
    }

    private interface Change {
        void to(int file) throws IOException;
    }

    private void measure(String kind, Duration settle, Change change) throws Exception {
        changed.clear();
        seen.clear();
        long begun = System.nanoTime();
        for (int i = 0; i < FILES; i++) {
            LockSupport.parkNanos(begun + i * 1_000_000_000L / RATE - System.nanoTime());
            change.to(i);
            changed.put(kind + " " + name(i), System.nanoTime());
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!seen.keySet().containsAll(changed.keySet())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(kind + ": only " + seen.size() + " events came");
            }
            LockSupport.parkNanos(1_000_000);
        }
        List<Long> times = new ArrayList<>();
        changed.forEach((key, at) -> times.add(seen.getOrDefault(key, 0L) - at));
        times.sort(null);
        long p50 = times.get(times.size() / 2);
        long p99 = times.get(times.size() * 99 / 100);
        long max = times.getLast();
        long wait = settle.toNanos();
        out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                kind,
                p50 / 1e6,
                p99 / 1e6,
                max / 1e6,
                (p50 - wait) / 1e6,
                (p99 - wait) / 1e6,
                (max - wait) / 1e6);
    }

    private static String name(int i) {
        return "file-%04d.dat".formatted(i);
    }

    private void write(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Files.write(file, bytes);
    }

    private void register(URI uploads, Path folder) throws Exception {
        String body =
                JsonMapper.shared()
                        .writeValueAsString(
                                Map.of("path", folder.toString(), "deleteFusePercent", 100));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(uploads.resolve("/api/repositories"))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException(answer.body());
            }
        }
    }

    /// Writes a file now and then until one is heard of: from then on the folder is watched.
    private void awaitWatch(Path folder) throws IOException {
        for (int i = 0; seen.isEmpty(); i++) {
            write(folder.resolve("warm-up-" + i + ".dat"));
            LockSupport.parkNanos(1_000_000_000L);
        }
        for (int i = 0; i < 50; i++) {
            write(folder.resolve("warm-up-" + i + ".dat"));
            LockSupport.parkNanos(100_000_000L);
        }
        LockSupport.parkNanos(3_000_000_000L);
    }

    private void read(String kafka) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            String topic = Topic.FILE_CHANGED.wireName();
            consumer.assign(
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList());
            consumer.seekToBeginning(consumer.assignment());
            while (!done) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    long now = System.nanoTime();
                    JsonNode data = JsonMapper.shared().readTree(record.value());
                    String path = data.path("path").asString();
                    String kind =
                            new String(
                                            record.headers().lastHeader("ce_type").value(),
                                            StandardCharsets.UTF_8)
                                    .split("\\.", -1)[1];
                    seen.put(kind + " " + path.substring(path.lastIndexOf('/') + 1), now);
                }
            }
        }
    }
}
