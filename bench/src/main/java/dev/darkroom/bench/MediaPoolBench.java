package dev.darkroom.bench;

import dev.darkroom.bench.thumbnails.ProcessorClock;
import dev.darkroom.media.MediaOptions;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.child.InProcess;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What it costs to decode in children: photos per second, and processor time for each of them, of
/// a pool against the same code in this process, with one at a time and with as many as there are
/// processors. Both take turns, in an order that changes, in one run.
///
/// Our decoder reads one picture at a time in a process, so only processor time tells at more than
/// one at a time: it is what limits the pace where processors are busy.
public final class MediaPoolBench {
    private static final int PHOTOS = 24;
    private static final int ROUNDS = 9;

    /// Enough for vectors, which a child begins to use after 600 megapixels, to be compiled.
    private static final int WARM_UPS = 12;

    /// So many cheap ones before, since a service has long been compiled when its children have
    /// not.
    private static final int QUESTIONS = 6_000;

    private static final RenderRequest SIZES =
            new RenderRequest(
                    List.of(
                            new RenderSize("large", 1_024),
                            new RenderSize("medium", 300),
                            new RenderSize("small", 150)),
                    80);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Random random = new Random(1);

    private MediaPoolBench() {}

    private interface Renderer {
        void render(Path file) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("darkroom-bench");
        List<Path> photos = new CameraPhotos(folder, 6).fresh(folder, PHOTOS);
        MediaPoolBench bench = new MediaPoolBench();
        for (int ways : new int[] {1, Runtime.getRuntime().availableProcessors()}) {
            bench.compare(photos, ways);
        }
    }

    private void compare(List<Path> photos, int ways) throws Exception {
        List<InProcess> desks = new ArrayList<>();
        for (int i = 0; i < ways; i++) {
            desks.add(new InProcess());
        }
        List<Renderer> inProcess = new ArrayList<>();
        desks.forEach(desk -> inProcess.add(file -> desk.render(file, SIZES)));
        try (MediaPool pool = new MediaPool(MediaOptions.defaults().withProcesses(ways))) {
            List<Renderer> inChildren = Collections.nCopies(ways, file -> pool.render(file, SIZES));
            for (int i = 0; i < QUESTIONS; i++) {
                pool.probe(photos.get(i % photos.size()), "a photo");
            }
            for (int i = 0; i < WARM_UPS; i++) {
                pace(photos, inProcess);
                pace(photos, inChildren);
            }
            out.printf(
                    "%n%d at a time%n%5s %10s %10s %6s %14s %14s %6s%n",
                    ways,
                    "round",
                    "here",
                    "pool",
                    "ratio",
                    "here, CPU ms",
                    "pool, CPU ms",
                    "ratio");
            List<Double> paces = new ArrayList<>();
            List<Double> costs = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                boolean first = random.nextBoolean();
                Pace early = pace(photos, first ? inProcess : inChildren);
                Pace late = pace(photos, first ? inChildren : inProcess);
                Pace here = first ? early : late;
                Pace there = first ? late : early;
                paces.add(there.photosPerSecond / here.photosPerSecond);
                costs.add(here.cpuMillis / there.cpuMillis);
                out.printf(
                        Locale.ROOT,
                        "%5d %10.1f %10.1f %6.3f %14.2f %14.2f %6.3f%n",
                        round,
                        here.photosPerSecond,
                        there.photosPerSecond,
                        paces.getLast(),
                        here.cpuMillis,
                        there.cpuMillis,
                        costs.getLast());
            }
            paces.sort(null);
            costs.sort(null);
            out.printf(
                    Locale.ROOT,
                    "median of the ratios: pace %.3f, photos for a processor second %.3f%n",
                    paces.get(ROUNDS / 2),
                    costs.get(ROUNDS / 2));
        }
    }

    private record Pace(double photosPerSecond, double cpuMillis) {}

    private static long processorNanos() {
        List<ProcessHandle> ours = new ArrayList<>(ProcessHandle.current().descendants().toList());
        ours.add(ProcessHandle.current());
        return ProcessorClock.nanos(ours);
    }

    private Pace pace(List<Path> photos, List<Renderer> renderers) throws Exception {
        List<Path> shuffled = new ArrayList<>(photos);
        Collections.shuffle(shuffled, random);
        long before = processorNanos();
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(renderers.size())) {
            List<Callable<Void>> shares = new ArrayList<>();
            for (int i = 0; i < renderers.size(); i++) {
                int share = i;
                shares.add(
                        () -> {
                            for (int at = share; at < shuffled.size(); at += renderers.size()) {
                                renderers.get(share).render(shuffled.get(at));
                            }
                            return null;
                        });
            }
            for (Future<Void> done : threads.invokeAll(shares)) {
                done.get();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpuMillis = (processorNanos() - before) / 1e6;
        return new Pace(photos.size() / seconds, cpuMillis / photos.size());
    }
}
