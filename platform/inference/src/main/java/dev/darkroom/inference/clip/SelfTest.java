package dev.darkroom.inference.clip;

import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.runtime.Vectors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tries a graph for pictures before anybody relies on it. What it catches would otherwise show as
/// search results that make no sense, weeks later.
public final class SelfTest {
    private static final double SAME = 0.999;

    private final Path graph;
    private final Map<String, String> report = new LinkedHashMap<>();

    private SelfTest(Path graph) {
        this.graph = graph;
    }

    /// What came out.
    ///
    /// @param dimension length of a row
    public record Outcome(int dimension, Map<String, String> report) {}

    public static Outcome of(VisionTower vision, Path graph) {
        return new SelfTest(graph).run(vision);
    }

    private Outcome run(VisionTower vision) {
        RgbImage one = picture(3, 5, 7);
        RgbImage other = picture(11, 2, 1);
        float[] first = unit(rows(vision, one).getFirst());
        long start = System.nanoTime();
        float[] second = unit(rows(vision, other).getFirst());
        double millis = (System.nanoTime() - start) / 1e6;
        report.put("numbers", "finite, not all zero");
        differ(first, second);
        batch(vision, one, other, first, second);
        report.put("ms for a picture", String.format(Locale.ROOT, "%.1f", millis));
        return new Outcome(first.length, report);
    }

    private List<float[]> rows(VisionTower vision, RgbImage... pictures) {
        try {
            return vision.rows(List.of(pictures));
        } catch (InferenceFailed e) {
            throw e.inSelfTest();
        }
    }

    private float[] unit(float[] row) {
        try {
            return Vectors.unit(row, graph.toString());
        } catch (InferenceFailed e) {
            throw new ModelRefused(
                    "self-test: "
                            + e.getMessage()
                            + ". The file is damaged, or its numbers (fp16, int8) do not work here:"
                            + " take another dtype",
                    e);
        }
    }

    private void differ(float[] first, float[] second) {
        double largest = 0;
        for (int i = 0; i < first.length; i++) {
            largest = Math.max(largest, Math.abs(first[i] - second[i]));
        }
        if (largest < 1e-6) {
            throw new ModelRefused(
                    "self-test: %s gives the same answer for two different pictures: the wrong output was chosen, or the file is damaged"
                            .formatted(graph));
        }
        report.put(
                "different pictures",
                String.format(Locale.ROOT, "cosine %.4f", Vectors.dot(first, second)));
    }

    private void batch(
            VisionTower vision, RgbImage one, RgbImage other, float[] first, float[] second) {
        if (!vision.takesBatches()) {
            report.put("batch", "not taken");
            return;
        }
        List<float[]> both = rows(vision, one, other);
        double worst =
                Math.min(
                        Vectors.dot(first, unit(both.getFirst())),
                        Vectors.dot(second, unit(both.getLast())));
        if (worst <= SAME) {
            throw new ModelRefused(
                    String.format(
                            Locale.ROOT,
                            "self-test: %s answers differently for a picture alone and beside another (cosine %.4f): export it for one picture, or take another dtype",
                            graph,
                            worst));
        }
        report.put("batch of 2", String.format(Locale.ROOT, "cosine %.6f", worst));
    }

    /// Colours and edges of every size, never the same for other numbers.
    private static RgbImage picture(int a, int b, int c) {
        int width = 96;
        int height = 64;
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = 3 * (y * width + x);
                pixels[at] = (byte) (a * x + y);
                pixels[at + 1] = (byte) (((x / b) % 2 == 0 ? 40 : 200) + c);
                pixels[at + 2] = (byte) (c * y / 2 + 16 * a);
            }
        }
        return new RgbImage(width, height, pixels);
    }
}
