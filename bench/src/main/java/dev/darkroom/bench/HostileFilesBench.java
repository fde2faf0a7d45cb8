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
import dev.darkroom.media.child.TestPictures;
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

/// How long a photo waits for its thumbnails while one file in ten is hostile, against none; and
/// how long another of ten, a PNG, which is read by the children that hostile files take down.
///
/// Files arrive at fixed times, at a quarter of the pace that the pool can keep without hostile
/// ones, whether the ones before are done or not. The mixtures take turns in one run on one pool,
/// each on warm children that have met an accident before.
public final class HostileFilesBench {
    private static final int FILES = 200;
    private static final int ROUNDS = 3;

    /// Hostile files may cost more time than good ones, and shall not overload the machine by that.
    private static final int IDLE = 4;

    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(80);
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
        /// One that takes its child down.
        ALL_KILL
    }

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final List<Path> photos;
    private final List<Path> assorted = new ArrayList<>();
    private final Path killer;
    private final Path screenshot;

    private HostileFilesBench(Path folder) throws Exception {
        photos = new CameraPhotos(folder, 6).fresh(folder, 24);
        for (Bombs.Bomb bomb : Bombs.all()) {
            assorted.add(Files.write(folder.resolve(bomb.name()), bomb.bytes()));
        }
        byte[] picture = TestPictures.encode(TestPictures.busy(2_000, 1_500), "png");
        screenshot = Files.write(folder.resolve("screenshot.png"), picture);
        byte[] photo = Files.readAllBytes(photos.getFirst());
        for (int number = 1; number < 40; number++) {
            Path damaged = folder.resolve("damaged-" + number + ".jpg");
            assorted.add(Files.write(damaged, Mutations.of(photo, number)));
        }
        killer = Files.write(folder.resolve(AccidentPool.KILLER), picture);
    }

    public static void main(String[] args) throws Exception {
        new HostileFilesBench(Files.createTempDirectory("darkroom-bench")).run();
        System.exit(0);
    }

    private void run() throws Exception {
        int processes = Runtime.getRuntime().availableProcessors();
        try (MediaPool pool = AccidentPool.open(MediaOptions.defaults().withProcesses(processes))) {
            render(pool, screenshot);
            warmUp(pool, processes);
            render(pool, killer);
            long apart = IDLE * capacity(pool, processes);
            out.printf(
                    Locale.ROOT,
                    "a file every %.0f ms, %d children%n%5s %-9s %10s %10s %10s %10s %6s%n",
                    apart / 1e6,
                    processes,
                    "round",
                    "mixture",
                    "median ms",
                    "p99 ms",
                    "PNG median",
                    "PNG p99",
                    "lost");
            Map<Mixture, Waits> all = new EnumMap<>(Mixture.class);
            for (int round = 1; round <= ROUNDS; round++) {
                List<Mixture> order = new ArrayList<>(List.of(Mixture.values()));
                Collections.shuffle(order, new Random(round));
                for (Mixture mixture : order) {
                    capacity(pool, processes); // all children are warm again
                    all.computeIfAbsent(mixture, _ -> new Waits())
                            .add(measure(pool, mixture, apart, round));
                }
            }
            Waits undisturbed = all.getOrDefault(Mixture.NONE, new Waits());
            all.forEach(
                    (mixture, waits) ->
                            out.printf(
                                    Locale.ROOT,
                                    "%-9s p99 of all rounds is %.2f times the one without, of PNG %.2f times%n",
                                    mixture,
                                    (double) at(waits.photos, 0.99) / at(undisturbed.photos, 0.99),
                                    (double) at(waits.screenshots, 0.99)
                                            / at(undisturbed.screenshots, 0.99)));
        }
    }

    /// Nanoseconds from when a file came to its thumbnails.
    private static final class Waits {
        private final List<Long> photos = new ArrayList<>();
        private final List<Long> screenshots = new ArrayList<>();

        void add(Waits more) {
            photos.addAll(more.photos);
            screenshots.addAll(more.screenshots);
        }
    }

    /// Until the pool has made its archive, as it has in a service on any but its first day.
    private void warmUp(MediaPool pool, int processes) throws Exception {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < WARM_UP) {
            capacity(pool, processes);
        }
    }

    /// Nanoseconds for a file, one PNG in ten, when all children are busy.
    private long capacity(MediaPool pool, int processes) throws Exception {
        long begin = 0;
        int count = 0;
        for (int turn = 0; turn < 4; turn++) {
            begin = System.nanoTime();
            try (ExecutorService callers = Executors.newFixedThreadPool(processes)) {
                List<Future<?>> answers = new ArrayList<>();
                for (Path photo : photos) {
                    Path file = answers.size() % 10 == 8 ? screenshot : photo;
                    answers.add(callers.submit(() -> render(pool, file)));
                }
                count = answers.size();
                for (Future<?> answer : answers) {
                    answer.get();
                }
            }
        }
        return (System.nanoTime() - begin) / count;
    }

    private Waits measure(MediaPool pool, Mixture mixture, long apart, int round) throws Exception {
        Random random = new Random(round);
        List<Future<Long>> good = new ArrayList<>();
        List<Future<Long>> screenshots = new ArrayList<>();
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
                } else if (i % 10 == 8) {
                    screenshots.add(callers.submit(() -> waited(pool, screenshot, due)));
                } else {
                    good.add(callers.submit(() -> waited(pool, file, due)));
                }
            }
        }
        Waits waits = new Waits();
        for (Future<Long> wait : good) {
            waits.photos.add(wait.get());
        }
        for (Future<Long> wait : screenshots) {
            waits.screenshots.add(wait.get());
        }
        long lost = 0;
        for (Future<Boolean> answer : hostile) {
            lost += answer.get() ? 0 : 1;
        }
        out.printf(
                Locale.ROOT,
                "%5d %-9s %10.0f %10.0f %10.0f %10.0f %6d%n",
                round,
                mixture,
                at(waits.photos, 0.5) / 1e6,
                at(waits.photos, 0.99) / 1e6,
                at(waits.screenshots, 0.5) / 1e6,
                at(waits.screenshots, 0.99) / 1e6,
                lost);
        return waits;
    }

    private static long waited(MediaPool pool, Path file, long due) throws Exception {
        render(pool, file);
        return System.nanoTime() - due;
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
