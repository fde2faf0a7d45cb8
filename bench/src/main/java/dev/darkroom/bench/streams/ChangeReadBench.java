package dev.darkroom.bench.streams;

import dev.darkroom.command.rebuild.Rebuild;
import dev.darkroom.command.rebuild.RebuildRequest;
import dev.darkroom.command.watch.Tail;
import dev.darkroom.command.watch.TailLines;
import dev.darkroom.command.watch.TailRequest;
import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.schema.Table;
import dev.darkroom.streams.ChangeFilter;
import dev.darkroom.streams.Op;
import dev.darkroom.streams.StartAt;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/// How fast a topic of changes is read: by `tail` with and without a condition, and by `rebuild`
/// into a copy of the database.
///
/// The floors: a consumer that writes values as lines, as Kafka's console consumer does; and, for
/// the copy, that consumer and a COPY of the same rows from table to table, one after the other. In
/// one JVM and in another order each round; the first round warms up.
public final class ChangeReadBench {
    private static final int ROWS = Integer.getInteger("rows", 100_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final long SEED = Long.getLong("seed", 3);

    /// Every row matches, so that as many lines are written as without it.
    private static final String WHERE = "op == \"c\" && after.width > 4000";

    private final PrintStream out;
    private final StreamBackends backends;
    private final BareReading bare;
    private final Map<String, List<Double>> ratios = new LinkedHashMap<>();
    private int copies;

    private ChangeReadBench(PrintStream out, StreamBackends backends) {
        this.out = out;
        this.backends = backends;
        this.bare = new BareReading(backends);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("darkroom-reading");
        try (StreamBackends backends = StreamBackends.start(folder)) {
            new ChangeReadBench(new PrintStream(System.out, true, StandardCharsets.UTF_8), backends)
                    .run();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        // Kafka's threads would keep the process.
        System.exit(0);
    }

    /// One way to read all changes of the table.
    @FunctionalInterface
    private interface Reading {
        /// @return how many
        long read() throws Exception;
    }

    private void run() throws Exception {
        publish();
        Map<String, Reading> readings = new LinkedHashMap<>();
        readings.put("consumer", bare::consume);
        readings.put("tail", () -> tail(null));
        readings.put("tail --where", () -> tail(WHERE));
        readings.put("copy", () -> bare.copy(freshCopy()));
        readings.put("rebuild", () -> rebuild(freshCopy()));
        List<String> order = new ArrayList<>(readings.keySet());
        Random random = new Random(SEED);
        for (int round = 0; round <= ROUNDS; round++) {
            out.println(round == 0 ? "warm-up" : "round " + round);
            Map<String, Double> seconds = new LinkedHashMap<>();
            for (String name : order) {
                seconds.put(name, time(name, Objects.requireNonNull(readings.get(name))));
            }
            if (round > 0) {
                keep(seconds);
            }
            Collections.shuffle(order, random);
        }
        ratios.forEach(this::print);
    }

    /// One repository and its assets.
    private void publish() throws Exception {
        backends.fill(ROWS);
        try (ContenderProcess streams = ContenderProcess.start("darkroom", backends.place())) {
            streams.drain(ROWS + 1L);
        }
    }

    /// Databases for copies are made and migrated before the clock starts.
    private double time(String name, Reading reading) throws Exception {
        prepare(name);
        long begun = System.nanoTime();
        long rows = reading.read();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (rows != ROWS) {
            throw new IllegalStateException(name + " read " + rows + " rows of " + ROWS);
        }
        out.printf(Locale.ROOT, "  %-12s %,9.0f rows/s  %6.2f s%n", name, rows / seconds, seconds);
        return seconds;
    }

    private void prepare(String name) throws Exception {
        if (name.equals("copy") || name.equals("rebuild")) {
            copies++;
            backends.createCopy(freshCopy().name());
        }
    }

    private DatabaseAddress freshCopy() {
        return backends.place().address().withName("copy_" + copies);
    }

    private long tail(@Nullable String where) throws Exception {
        try (Tail tail = new Tail(backends.place().kafka().bootstrapServers())) {
            tail.run(
                    new TailRequest(
                            List.of(Table.ASSETS.changeTopic()),
                            ChangeFilter.of(EnumSet.allOf(Op.class), where),
                            new StartAt.Beginning(),
                            OptionalLong.empty(),
                            true),
                    new TailLines.Whole(),
                    OutputStream.nullOutputStream());
            return tail.written();
        }
    }

    private long rebuild(DatabaseAddress target) throws Exception {
        return new Rebuild(
                        new RebuildRequest(
                                backends.place().kafka().bootstrapServers(),
                                target,
                                backends.administrator(),
                                EnumSet.of(Table.REPOSITORIES, Table.ASSETS),
                                Optional.of(Instant.now()),
                                false),
                        _ -> {})
                .run().tables().stream()
                        .filter(table -> table.table() == Table.ASSETS)
                        .findFirst()
                        .orElseThrow()
                        .rows();
    }

    private void keep(Map<String, Double> seconds) {
        double consumer = seconds.getOrDefault("consumer", 0.0);
        double copy = consumer + seconds.getOrDefault("copy", 0.0);
        seconds.forEach(
                (name, taken) -> {
                    double floor = name.equals("rebuild") ? copy : consumer;
                    ratios.computeIfAbsent(name, _ -> new ArrayList<>()).add(floor / taken);
                });
        ratios.remove("copy");
        ratios.remove("consumer");
    }

    private void print(String name, List<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        out.printf(
                Locale.ROOT,
                "%-12s of %s, %d rounds: median %.2f (%.2f to %.2f)%n",
                name,
                name.equals("rebuild") ? "consumer and COPY" : "the consumer",
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
    }
}
