package dev.darkroom.bench;

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

/// What it costs to decode in children: photos per second of a pool against the same code in this
/// process, with one at a time and with as many as there are processors. Both take turns, in an
/// order that changes, in one run.
public final class MediaPoolBench {
    private static final int PHOTOS = 24;
    private static final int ROUNDS = 9;
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
            for (int i = 0; i < 6; i++) {
                photosPerSecond(photos, inProcess);
                photosPerSecond(photos, inChildren);
            }
            out.printf(
                    "%n%d at a time%n%5s %12s %12s %8s%n", ways, "round", "here", "pool", "ratio");
            List<Double> ratios = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                boolean first = random.nextBoolean();
                double early = photosPerSecond(photos, first ? inProcess : inChildren);
                double late = photosPerSecond(photos, first ? inChildren : inProcess);
                double here = first ? early : late;
                double there = first ? late : early;
                ratios.add(there / here);
                out.printf(
                        Locale.ROOT, "%5d %12.1f %12.1f %8.3f%n", round, here, there, there / here);
            }
            ratios.sort(null);
            out.printf(Locale.ROOT, "median ratio %.3f%n", ratios.get(ROUNDS / 2));
        }
    }

    private double photosPerSecond(List<Path> photos, List<Renderer> renderers) throws Exception {
        List<Path> shuffled = new ArrayList<>(photos);
        Collections.shuffle(shuffled, random);
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
        return photos.size() / ((System.nanoTime() - begin) / 1e9);
    }
}
