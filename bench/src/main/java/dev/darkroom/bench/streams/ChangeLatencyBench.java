package dev.darkroom.bench.streams;

import dev.darkroom.schema.Table;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.util.FileSystemUtils;

/// How long a committed change takes until a consumer has it, at a steady rate of single-row
/// transactions; and what the streams cost while nothing happens.
public final class ChangeLatencyBench {
    private static final int RATE = Integer.getInteger("rate", 1_000);
    private static final int SECONDS = Integer.getInteger("seconds", 20);
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final int IDLE_SECONDS = Integer.getInteger("idle", 60);

    private final PrintStream out;
    private final StreamBackends backends;
    private final Map<String, Long> committed = new ConcurrentHashMap<>();
    private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
    private volatile boolean done;

    private ChangeLatencyBench(PrintStream out, StreamBackends backends) {
        this.out = out;
        this.backends = backends;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("darkroom-latency");
        try (StreamBackends backends = StreamBackends.start(folder)) {
            new ChangeLatencyBench(
                            new PrintStream(System.out, true, StandardCharsets.UTF_8), backends)
                    .run();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        // Kafka's threads would keep the process.
        System.exit(0);
    }

    private void run() throws Exception {
        try (ContenderProcess streams = ContenderProcess.start("darkroom", backends.place())) {
            streams.stream();
            Thread reader = Thread.ofPlatform().name("reader").start(this::read);
            write(5 * RATE);
            for (int round = 1; round <= ROUNDS; round++) {
                measure(streams, round);
            }
            done = true;
            reader.join();
            idle(streams);
        }
    }

    private void measure(ContenderProcess streams, int round) throws Exception {
        latencies.clear();
        Duration before = streams.processorTime();
        long begun = System.nanoTime();
        write(RATE * SECONDS);
        while (!committed.isEmpty()) {
            LockSupport.parkNanos(1_000_000);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double used = streams.processorTime().minus(before).toNanos() / 1e9;
        List<Long> sorted = latencies.stream().sorted().toList();
        out.printf(
                Locale.ROOT,
                "round %d: %.0f changes/s, p50 %.1f ms, p99 %.1f ms, max %.1f ms; %.0f %% of a core%n",
                round,
                sorted.size() / seconds,
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.getLast() / 1e6,
                100 * used / seconds);
    }

    private void idle(ContenderProcess streams) throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(5));
        Duration before = streams.processorTime();
        Thread.sleep(Duration.ofSeconds(IDLE_SECONDS));
        double used = streams.processorTime().minus(before).toNanos() / 1e9;
        out.printf(
                Locale.ROOT,
                "idle: %.2f CPU s in %d s, %.1f %% of a core%n",
                used,
                IDLE_SECONDS,
                100 * used / IDLE_SECONDS);
    }

    /// One row a transaction, evenly over time.
    private void write(int rows) throws Exception {
        try (Connection connection = backends.connect();
                PreparedStatement insert = connection.prepareStatement(StreamBackends.ONE_ROW)) {
            long begun = System.nanoTime();
            for (int i = 0; i < rows; i++) {
                long due = begun + i * 1_000_000_000L / RATE;
                for (long left = due - System.nanoTime();
                        left > 0;
                        left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                UUID id = UUID.randomUUID();
                insert.setObject(1, id);
                // A consumer may be quicker than our own thread: so it waits for this.
                committed.put(id.toString(), 0L);
                insert.execute();
                committed.put(id.toString(), System.nanoTime());
            }
        }
    }

    private void read() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                backends.place().kafka().bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            String topic = Table.ASSETS.changeTopic();
            consumer.assign(
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList());
            consumer.seekToEnd(consumer.assignment());
            while (!done) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> seen(new String(record.key(), StandardCharsets.UTF_8)));
            }
        }
    }

    /// @param key `{"asset_id":"…"}`
    private void seen(String key) {
        long now = System.nanoTime();
        String id = key.substring(13, key.length() - 2);
        Long at = committed.get(id);
        while (at != null && at == 0) {
            Thread.onSpinWait();
            at = committed.get(id);
        }
        if (at != null) {
            latencies.add(Math.max(0, now - at));
            committed.remove(id);
        }
    }
}
