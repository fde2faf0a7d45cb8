package dev.darkroom.bench.thumbnails;

import dev.darkroom.bench.thumbnails.Contender.Cost;
import dev.darkroom.bench.thumbnails.Photos.Photo;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/// Rounds of photos and contenders in a new order each time; ratios are taken within one round of
/// one photo, then the median over the rounds, then the geometric mean over the photos.
final class Rounds {

    private static final int TIMES = 2;

    /// Enough for vectors, which a child begins to use after 600 megapixels, to be compiled.
    private static final int WARM_UPS = 8;

    private final List<Contender> contenders;
    private final List<Photo> photos;
    private final int atOnce;
    private final Map<Contender, Map<Photo, List<Cost>>> costs = new HashMap<>();

    Rounds(List<Contender> contenders, List<Photo> photos, int atOnce) {
        this.contenders = contenders;
        this.photos = photos;
        this.atOnce = atOnce;
        for (Contender contender : contenders) {
            Map<Photo, List<Cost>> byPhoto = new HashMap<>();
            photos.forEach(photo -> byPhoto.put(photo, new ArrayList<>()));
            costs.put(contender, byPhoto);
        }
    }

    void warmUp() throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UPS; i++) {
            for (Photo photo : photos) {
                for (Contender contender : contenders) {
                    contender.run(photo.file(), TIMES, atOnce);
                }
            }
        }
    }

    void run(int rounds) throws IOException, InterruptedException {
        Random random = new Random(7);
        List<Contender> order = new ArrayList<>(contenders);
        for (int round = 0; round < rounds; round++) {
            for (Photo photo : photos) {
                Collections.shuffle(order, random);
                for (Contender contender : order) {
                    costs(contender, photo).add(contender.run(photo.file(), TIMES, atOnce));
                }
            }
        }
    }

    private List<Cost> costs(Contender contender, Photo photo) {
        return costs.getOrDefault(contender, Map.of()).getOrDefault(photo, List.of());
    }

    /// A row for each contender, then each photo of the first one against the second.
    void report(PrintStream out) {
        Contender rival = contenders.get(1);
        out.printf(
                "%n| %d at once | CPU ms | wall ms | bytes | per CPU second, against %s | by the"
                        + " clock |%n|---|--:|--:|--:|--:|--:|%n",
                atOnce, rival.name());
        for (Contender contender : contenders) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.0f | %.2f | %.2f |%n",
                    contender.name(),
                    mean(contender, Cost::processorMillis),
                    mean(contender, Cost::wallMillis),
                    mean(contender, Cost::bytes),
                    ratio(contender, rival, Cost::processorMillis),
                    ratio(contender, rival, Cost::wallMillis));
        }
        out.printf(
                "%n| photo | %s | %s | ratio |%n|---|--:|--:|--:|%n",
                contenders.getFirst().name(), rival.name());
        for (Photo photo : photos) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.2f |%n",
                    photo.name(),
                    median(contenders.getFirst(), photo, Cost::processorMillis),
                    median(rival, photo, Cost::processorMillis),
                    ratio(contenders.getFirst(), rival, photo, Cost::processorMillis));
        }
    }

    private double mean(Contender contender, ToDoubleFunction<Cost> value) {
        return photos.stream()
                .mapToDouble(photo -> median(contender, photo, value))
                .average()
                .orElse(Double.NaN);
    }

    private double median(Contender contender, Photo photo, ToDoubleFunction<Cost> value) {
        return median(costs(contender, photo).stream().mapToDouble(value).toArray());
    }

    private double ratio(Contender contender, Contender rival, ToDoubleFunction<Cost> value) {
        double logarithms = 0;
        for (Photo photo : photos) {
            logarithms += Math.log(ratio(contender, rival, photo, value));
        }
        return Math.exp(logarithms / photos.size());
    }

    private double ratio(
            Contender contender, Contender rival, Photo photo, ToDoubleFunction<Cost> value) {
        List<Cost> own = costs(contender, photo);
        List<Cost> other = costs(rival, photo);
        double[] ratios = new double[own.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = value.applyAsDouble(other.get(i)) / value.applyAsDouble(own.get(i));
        }
        return median(ratios);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
