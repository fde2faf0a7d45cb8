package dev.darkroom.bench.similarity;

import dev.darkroom.vision.Pdq;
import dev.darkroom.vision.PerceptualHash;
import dev.darkroom.vision.Picture;
import dev.darkroom.vision.VisualV1;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// Takes the photos of a folder, changes each in the ways that people do, and looks whether the
/// changed one finds its original among all of them. Each photo is there as a whole and in nine
/// parts: parts of one photo are harder to tell apart than photos.
///
/// The page that has the result is `docs/similarity.md`.
public final class SimilarityBench {
    private static final int EDGE = 512;
    private static final int PARTS = 3;
    private static final int ROUNDS = 5;

    private final PrintStream out;
    private final List<BufferedImage> pictures = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();
    private final List<PerceptualHash> hashes = new ArrayList<>();

    private SimilarityBench(PrintStream out) {
        this.out = out;
    }

    /// Runs; `-Dphotos` names the photos.
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(System.getProperty("photos", ""));
        if (!Files.isDirectory(folder) || folder.toString().isEmpty()) {
            throw new IllegalArgumentException(
                    "name a folder of photos: -Dbench.photos=..., not: " + folder);
        }
        new SimilarityBench(new PrintStream(System.out, true, StandardCharsets.UTF_8)).run(folder);
    }

    private void run(Path folder) throws IOException {
        int photos = read(folder);
        out.printf("%d photos and %d parts of them%n%n", photos, pictures.size() - photos);
        for (BufferedImage picture : pictures) {
            vectors.add(VisualV1.vector(picture(picture)));
            hashes.add(Pdq.hash(picture(picture)));
        }
        costs();
        strangers();
        out.println(
                "| what was done | visual-v1 finds it first | median cosine | PDQ at most 31 | median bits |");
        out.println("|---|---|---|---|---|");
        for (Change change : Change.ALL) {
            row(change);
        }
    }

    private int read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(folder)) {
            files = paths.filter(Files::isRegularFile).sorted().toList();
        }
        int photos = 0;
        List<BufferedImage> parts = new ArrayList<>();
        for (Path file : files) {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                continue;
            }
            double scale =
                    Math.min(1, (double) EDGE / Math.max(image.getWidth(), image.getHeight()));
            pictures.add(Change.scaled(image, scale, scale));
            photos++;
            int width = image.getWidth() / PARTS;
            int height = image.getHeight() / PARTS;
            for (int i = 0; i < PARTS * PARTS; i++) {
                parts.add(
                        Change.scaled(
                                image.getSubimage(
                                        i % PARTS * width, i / PARTS * height, width, height),
                                1,
                                1));
            }
        }
        pictures.addAll(parts);
        return photos;
    }

    /// Milliseconds of one picture that is in memory, the best round.
    private void costs() {
        List<Picture> decoded =
                pictures.stream()
                        .filter(one -> Math.max(one.getWidth(), one.getHeight()) >= EDGE - 1)
                        .map(SimilarityBench::picture)
                        .toList();
        out.printf(
                Locale.ROOT,
                "visual-v1 %.2f ms, PDQ %.2f ms for a picture of %d pixels, on one thread%n%n",
                milliseconds(decoded, VisualV1::vector),
                milliseconds(decoded, Pdq::hash),
                EDGE);
    }

    private static double milliseconds(List<Picture> pictures, Function<Picture, ?> work) {
        double best = Double.MAX_VALUE;
        int check = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (Picture picture : pictures) {
                check += work.apply(picture).hashCode();
            }
            best = Math.min(best, (System.nanoTime() - start) / 1e6 / pictures.size());
        }
        return check == 1 ? best + 0 : best;
    }

    /// How near pictures are that have nothing to do with each other.
    private void strangers() {
        List<Double> cosines = new ArrayList<>();
        List<Integer> bits = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            for (int j = 0; j < i; j++) {
                cosines.add(cosine(vectors.get(i), vectors.get(j)));
                bits.add(hashes.get(i).distance(hashes.get(j)));
            }
        }
        cosines.sort(null);
        bits.sort(null);
        out.printf(
                Locale.ROOT,
                "two different ones: cosine median %.2f, 99 %% below %.2f, most %.2f; PDQ median %d bits, least %d%n%n",
                cosines.get(cosines.size() / 2),
                cosines.get(cosines.size() * 99 / 100),
                cosines.getLast(),
                bits.get(bits.size() / 2),
                bits.getFirst());
    }

    private void row(Change change) {
        int first = 0;
        int near = 0;
        double[] cosines = new double[pictures.size()];
        int[] bits = new int[pictures.size()];
        for (int i = 0; i < pictures.size(); i++) {
            Picture changed = picture(change.made().apply(pictures.get(i)));
            float[] vector = VisualV1.vector(changed);
            cosines[i] = cosine(vector, vectors.get(i));
            first += rank(vector, cosines[i]) == 1 ? 1 : 0;
            PerceptualHash hash = Pdq.hash(changed);
            bits[i] = hash.distance(hashes.get(i));
            near += hash.isNear(hashes.get(i)) ? 1 : 0;
        }
        Arrays.sort(cosines);
        Arrays.sort(bits);
        out.printf(
                Locale.ROOT,
                "| %s | %.0f %% | %.3f | %.0f %% | %d |%n",
                change.name(),
                100.0 * first / pictures.size(),
                cosines[cosines.length / 2],
                100.0 * near / pictures.size(),
                bits[bits.length / 2]);
    }

    private int rank(float[] vector, double own) {
        int rank = 1;
        for (float[] other : vectors) {
            rank += cosine(vector, other) > own ? 1 : 0;
        }
        return rank;
    }

    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    private static Picture picture(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
        byte[] rgb = new byte[3 * argb.length];
        for (int i = 0; i < argb.length; i++) {
            rgb[3 * i] = (byte) (argb[i] >> 16);
            rgb[3 * i + 1] = (byte) (argb[i] >> 8);
            rgb[3 * i + 2] = (byte) argb[i];
        }
        return new Picture(width, height, rgb);
    }
}
