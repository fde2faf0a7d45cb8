package dev.darkroom.bench.inference;

import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.inference.fixture.OnnxModel;
import dev.darkroom.inference.fixture.OnnxModel.ElementType;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// Models with random weights: they cost what real ones of their shape cost, and know nothing.
final class RandomModels {
    private static final int DIMENSION = 512;

    private final Random random = new Random(1);
    private final OnnxModel model = new OnnxModel("random");
    private String last = "pixel_values";
    private int layers;

    private RandomModels() {
        model.input("pixel_values", ElementType.FLOAT, "batch", 3, 224, 224);
    }

    /// A single convolution: what is not the model shows.
    static Path tiny(Path folder) {
        RandomModels random = new RandomModels();
        random.convolution(3, 32, 7, 4);
        random.vector(32, folder);
        return folder;
    }

    /// 24 convolutions, 3 billion multiplications for a picture: two thirds of CLIP ViT-B/32.
    static Path middle(Path folder) {
        RandomModels random = new RandomModels();
        random.convolution(3, 64, 7, 4);
        for (int channels = 64; channels <= 256; channels *= 2) {
            for (int i = 0; i < 7; i++) {
                random.convolution(channels, channels, 3, 1);
            }
            random.convolution(channels, Math.min(256, 2 * channels), 3, channels < 256 ? 2 : 1);
        }
        random.vector(256, folder);
        return folder;
    }

    private void convolution(int from, int to, int side, int stride) {
        int layer = layers++;
        float[] weights = new float[to * from * side * side];
        double size = Math.sqrt(2.0 / (from * side * side));
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() * size);
        }
        int edge = side / 2;
        model.floats("w" + layer, new long[] {to, from, side, side}, weights)
                .node(
                        "Conv",
                        List.of(last, "w" + layer),
                        List.of("c" + layer),
                        "kernel_shape",
                        new long[] {side, side},
                        "strides",
                        new long[] {stride, stride},
                        "pads",
                        new long[] {edge, edge, edge, edge})
                .node("Relu", List.of("c" + layer), List.of("r" + layer));
        last = "r" + layer;
    }

    private void vector(int channels, Path folder) {
        float[] weights = new float[DIMENSION * channels];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        model.floats("projection", new long[] {DIMENSION, channels}, weights)
                .node("GlobalAveragePool", List.of(last), List.of("pooled"))
                .node("Flatten", List.of("pooled"), List.of("flat"), "axis", 1)
                .node("Gemm", List.of("flat", "projection"), List.of("image_embeds"), "transB", 1)
                .output("image_embeds", ElementType.FLOAT, "batch", DIMENSION)
                .to(folder.resolve("onnx/vision_model.onnx"));
        ModelFolders.write(
                folder.resolve("preprocess_cfg.json"),
                """
                {"size": 224, "mean": [0.48145466, 0.4578275, 0.40821073],
                 "std": [0.26862954, 0.26130258, 0.27577711], "interpolation": "bicubic",
                 "resize_mode": "shortest"}""");
    }
}
