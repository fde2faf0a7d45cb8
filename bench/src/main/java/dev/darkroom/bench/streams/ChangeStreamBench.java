package dev.darkroom.bench.streams;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.springframework.util.FileSystemUtils;

/// How fast a backlog of row changes comes onto Kafka.
///
/// Three read the same log, one after the other and in another order each round: a bare relay,
/// which is the floor; Darkroom; a plain Debezium engine. Each in a JVM that stays for all rounds;
/// the first round warms up. Debezium, the slowest by far, takes part in every other round.
public final class ChangeStreamBench {
    private static final int ROWS = Integer.getInteger("rows", 200_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final long SEED = Long.getLong("seed", 3);
    private static final List<String> CONTENDERS =
            List.of(System.getProperty("contenders", "relay,darkroom,debezium").split(",", -1));

    private final PrintStream out;
    private final StreamBackends backends;
    private final Map<String, ContenderProcess> processes = new LinkedHashMap<>();
    private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

    private ChangeStreamBench(PrintStream out, StreamBackends backends) {
        this.out = out;
        this.backends = backends;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("darkroom-streams");
        try (StreamBackends backends = StreamBackends.start(folder)) {
            new ChangeStreamBench(
                            new PrintStream(System.out, true, StandardCharsets.UTF_8), backends)
                    .run();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        // Kafka's threads would keep the process.
        System.exit(0);
    }

    private void run() throws Exception {
        backends.createSlot(BareRelay.SLOT);
        backends.createSlot(PlainDebezium.SLOT);
        backends.createTopic(BareRelay.TOPIC);
        backends.createTopic(PlainDebezium.TOPIC);
        try {
            for (String contender : CONTENDERS) {
                processes.put(contender, ContenderProcess.start(contender, backends.place()));
            }
            Random random = new Random(SEED);
            for (int round = 0; round <= ROUNDS; round++) {
                round(round, shuffled(round, random));
            }
        } finally {
            processes.values().forEach(ContenderProcess::close);
        }
        ratios.forEach(this::print);
    }

    private static List<String> shuffled(int round, Random random) {
        List<String> order = new ArrayList<>(CONTENDERS);
        if (round > 0 && round % 2 == 0) {
            order.remove("debezium");
        }
        Collections.shuffle(order, random);
        return order;
    }

    private void round(int round, List<String> order) throws Exception {
        backends.advanceSlots();
        String begin = backends.position();
        backends.fill(ROWS);
        backends.administer("truncate assets cascade");
        backends.administer("checkpoint");
        String megabytes = backends.megabytesSince(begin);
        out.printf(
                Locale.ROOT,
                "%s: %,d rows, %s MB of log%n",
                round == 0 ? "warm-up" : "round " + round,
                ROWS,
                megabytes);
        Map<String, Double> rates = new LinkedHashMap<>();
        for (String contender : order) {
            ContenderProcess.Drain drain =
                    Objects.requireNonNull(processes.get(contender)).drain(ROWS);
            rates.put(contender, drain.rowsPerSecond());
            out.printf(
                    Locale.ROOT,
                    "  %-9s %,8.0f rows/s  %6.2f s  %6.2f CPU s%n",
                    contender,
                    drain.rowsPerSecond(),
                    drain.wall().toNanos() / 1e9,
                    drain.processor().toNanos() / 1e9);
        }
        Double relay = rates.get("relay");
        if (round > 0 && relay != null) {
            rates.forEach(
                    (contender, rate) ->
                            ratios.computeIfAbsent(contender, _ -> new ArrayList<>())
                                    .add(rate / relay));
        }
    }

    private void print(String contender, List<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        out.printf(
                Locale.ROOT,
                "%-9s of the relay, %d rounds: median %.2f (%.2f to %.2f)%n",
                contender,
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
    }
}
