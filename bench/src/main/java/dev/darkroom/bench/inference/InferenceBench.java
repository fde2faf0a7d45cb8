package dev.darkroom.bench.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.darkroom.inference.InferenceOptions;
import dev.darkroom.inference.ModelSource;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.clip.ImageTextModel;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Pictures per second of `platform/inference`, against the barest loop that can be written over
/// the same ONNX Runtime with the same settings: one tensor, made before, run again and again.
///
/// All take turns in one run with as many threads as processors; the best of the rounds counts,
/// because others may use the machine. The library does more for each picture: it cuts and
/// normalises it, and makes the vector's length 1.
public final class InferenceBench {
    private static final int ROUNDS = Integer.getInteger("inference.rounds", 9);
    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(700);
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private final PrintStream out;
    private final Path folder;

    private InferenceBench(PrintStream out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    /// One picture, done.
    private interface Once {
        void run() throws OrtException;
    }

    /// Runs.
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("inference-bench");
        new InferenceBench(out, folder).run();
    }

    private void run() throws Exception {
        out.println("| model | loop | pictures/s | of the bare loop |");
        out.println("|---|---|---:|---:|");
        try (Models models = Models.open(InferenceOptions.in(folder.resolve("cache")))) {
            measure(models, "tiny", RandomModels.tiny(folder.resolve("tiny")));
            measure(models, "middle", RandomModels.middle(folder.resolve("middle")));
        }
    }

    private void measure(Models models, String name, Path model) throws Exception {
        ImageTextModel library = models.imageText(ModelSource.of(model.toString()));
        library.info();
        RgbImage ready = picture(224, 224);
        RgbImage small = picture(512, 384);
        RgbImage large = picture(1440, 1080);
        List<RgbImage> eight = Collections.nCopies(8, small);
        try (OrtSession session = session(model.resolve("onnx/vision_model.onnx"));
                OnnxTensor tensor = tensor(ready)) {
            Map<String, Once> loops = new LinkedHashMap<>();
            loops.put(
                    "bare loop over one tensor",
                    () -> session.run(Map.of("pixel_values", tensor)).close());
            loops.put("library, 224 x 224", () -> library.image(ready));
            loops.put("library, 512 x 384", () -> library.image(small));
            loops.put("library, 1440 x 1080", () -> library.image(large));
            loops.put("library, 512 x 384, eight at once", () -> library.images(eight));
            report(name, best(loops));
        }
    }

    private void report(String name, Map<String, Double> best) {
        double bare = best.values().iterator().next();
        best.forEach(
                (loop, rate) ->
                        out.println(
                                String.format(
                                        Locale.ROOT,
                                        "| %s | %s | %.1f | %.3f |",
                                        name,
                                        loop,
                                        rate,
                                        rate / bare)));
    }

    private static Map<String, Double> best(Map<String, Once> loops) throws Exception {
        Map<String, Double> best = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int round = -1; round < ROUNDS; round++) {
                for (Map.Entry<String, Once> loop : loops.entrySet()) {
                    int each = loop.getKey().endsWith("eight at once") ? 8 : 1;
                    double rate = each * window(threads, loop.getValue());
                    if (round >= 0) {
                        best.merge(loop.getKey(), rate, Math::max);
                    }
                }
            }
        }
        return best;
    }

    /// How often all threads together were done, in a second.
    private static double window(ExecutorService threads, Once once) throws Exception {
        List<Future<Double>> rates = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            rates.add(
                    threads.submit(
                            () -> {
                                long start = System.nanoTime();
                                long done = 0;
                                while (System.nanoTime() - start < WINDOW) {
                                    once.run();
                                    done++;
                                }
                                return done * 1e9 / (System.nanoTime() - start);
                            }));
        }
        double sum = 0;
        for (Future<Double> rate : rates) {
            sum += rate.get();
        }
        return sum;
    }

    private static OrtSession session(Path graph) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return OrtEnvironment.getEnvironment().createSession(graph.toString(), options);
        }
    }

    private static OnnxTensor tensor(RgbImage picture) throws OrtException {
        FloatBuffer floats =
                ByteBuffer.allocateDirect(4 * picture.pixels().length)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        return OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                floats,
                new long[] {1, 3, picture.height(), picture.width()});
    }

    private static RgbImage picture(int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        new Random(width).nextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }
}
