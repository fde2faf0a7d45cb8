package dev.darkroom.bench;

import dev.darkroom.media.AccidentPool;
import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaOptions;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.Bombs;
import dev.darkroom.media.child.Mutations;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// How long a photo waits for its thumbnails while one file in ten is hostile, against none.
///
/// Files arrive at fixed times, at half the pace that the pool can keep with photos alone, whether
/// the ones before are done or not. The mixtures take turns in one run on one pool, each on warm
/// children that have met an accident before.
public final class HostileFilesBench {
    private static final int FILES = 200;
    private static final int ROUNDS = 3;
    private static final RenderRequest SIZES =
            new RenderRequest(
                    List.of(
                            new RenderSize("large", 1_024),
                            new RenderSize("medium", 300),
                            new RenderSize("small", 150)),
                    80);

    /// What each tenth file is.
    private enum Mixture {
        /// A photo like the others.
        NONE,
        /// One of the bombs, or a photo that is cut or damaged.
        HOSTILE,
        /// The same, and each tenth of them takes its child down.
        SOME_KILL,
        /// One that takes its child down; once, at the end.
        ALL_KILL
    }

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final List<Path> photos;
    private final List<Path> assorted = new ArrayList<>();
    private final Path killer;

    private HostileFilesBench(Path folder) throws Exception {
        photos = new CameraPhotos(folder, 6).fresh(folder, 24);
        for (Bombs.Bomb bomb : Bombs.all()) {
            assorted.add(Files.write(folder.resolve(bomb.name()), bomb.bytes()));
        }
        byte[] photo = Files.readAllBytes(photos.getFirst());
        for (int number = 1; number < 40; number++) {
            Path damaged = folder.resolve("damaged-" + number + ".jpg");
            assorted.add(Files.write(damaged, Mutations.of(photo, number)));
        }
        killer = Files.write(folder.resolve("fault-exit.jpg"), photo);
    }

    public static void main(String[] args) throws Exception {
        new HostileFilesBench(Files.createTempDirectory("darkroom-bench")).run();
        System.exit(0);
    }

    private void run() throws Exception {
        int processes = Runtime.getRuntime().availableProcessors();
        try (MediaPool pool = AccidentPool.open(MediaOptions.defaults().withProcesses(processes))) {
            capacity(pool, processes);
            render(pool, killer);
            long apart = 2 * capacity(pool, processes);
            out.printf(
                    Locale.ROOT,
                    "a file every %.0f ms, %d children%n%5s %-9s %10s %10s %6s%n",
                    apart / 1e6,
                    processes,
                    "round",
                    "mixture",
                    "median ms",
                    "p99 ms",
                    "lost");
            Map<Mixture, List<Long>> all = new EnumMap<>(Mixture.class);
            for (int round = 1; round <= ROUNDS; round++) {
                List<Mixture> order =
                        new ArrayList<>(List.of(Mixture.NONE, Mixture.HOSTILE, Mixture.SOME_KILL));
                Collections.shuffle(order, new Random(round));
                if (round == ROUNDS) {
                    order.add(Mixture.ALL_KILL);
                }
                for (Mixture mixture : order) {
                    capacity(pool, processes); // all children are warm again
                    List<Long> waits = measure(pool, mixture, apart, round);
                    all.computeIfAbsent(mixture, _ -> new ArrayList<>()).addAll(waits);
                }
            }
            List<Long> undisturbed = all.getOrDefault(Mixture.NONE, List.of());
            all.forEach(
                    (mixture, waits) ->
                            out.printf(
                                    Locale.ROOT,
                                    "%-9s p99 of all rounds is %.2f times the one without%n",
                                    mixture,
                                    (double) at(waits, 0.99) / at(undisturbed, 0.99)));
        }
    }

    /// Nanoseconds for a photo when all children are busy.
    private long capacity(MediaPool pool, int processes) throws Exception {
        long begin = 0;
        int count = 0;
        for (int turn = 0; turn < 4; turn++) {
            begin = System.nanoTime();
            count = photos.size();
            try (ExecutorService callers = Executors.newFixedThreadPool(processes)) {
                List<Future<?>> answers = new ArrayList<>();
                photos.forEach(file -> answers.add(callers.submit(() -> render(pool, file))));
                for (Future<?> answer : answers) {
                    answer.get();
                }
            }
        }
        return (System.nanoTime() - begin) / count;
    }

    private List<Long> measure(MediaPool pool, Mixture mixture, long apart, int round)
            throws Exception {
        Random random = new Random(round);
        List<Future<Long>> good = new ArrayList<>();
        List<Future<Boolean>> hostile = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            for (int i = 0; i < FILES; i++) {
                long due = begin + i * apart;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                Path file = photos.get(random.nextInt(photos.size()));
                if (mixture != Mixture.NONE && i % 10 == 5) {
                    Path bad = hostile(mixture, i, random);
                    hostile.add(callers.submit(() -> render(pool, bad)));
                } else {
                    good.add(
                            callers.submit(
                                    () -> {
                                        render(pool, file);
                                        return System.nanoTime() - due;
                                    }));
                }
            }
        }
        List<Long> waits = new ArrayList<>();
        for (Future<Long> wait : good) {
            waits.add(wait.get());
        }
        long lost = 0;
        for (Future<Boolean> answer : hostile) {
            lost += answer.get() ? 0 : 1;
        }
        out.printf(
                Locale.ROOT,
                "%5d %-9s %10.0f %10.0f %6d%n",
                round,
                mixture,
                at(waits, 0.5) / 1e6,
                at(waits, 0.99) / 1e6,
                lost);
        return waits;
    }

    private Path hostile(Mixture mixture, int number, Random random) {
        boolean kills =
                switch (mixture) {
                    case NONE, HOSTILE -> false;
                    case SOME_KILL -> number % 100 == 45;
                    case ALL_KILL -> true;
                };
        return kills ? killer : assorted.get(random.nextInt(assorted.size()));
    }

    /// False when the file took its child down.
    private static boolean render(MediaPool pool, Path file) throws Exception {
        try {
            pool.render(file, SIZES);
        } catch (UnreadableMedia e) {
            return true;
        } catch (MediaChildLost e) {
            return false;
        }
        return true;
    }

    private static long at(List<Long> values, double share) {
        List<Long> sorted = new ArrayList<>(values);
        sorted.sort(null);
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }
}
