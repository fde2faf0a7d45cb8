package dev.darkroom.inference.depth;

import ai.onnxruntime.OnnxTensor;
import dev.darkroom.inference.Capability;
import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.ModelInfo;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.Role;
import dev.darkroom.inference.layout.Plan;
import dev.darkroom.inference.layout.Understood;
import dev.darkroom.inference.picture.Resampler;
import dev.darkroom.inference.runtime.Graph;
import dev.darkroom.inference.runtime.Idle;
import dev.darkroom.inference.runtime.PictureInput;
import dev.darkroom.inference.runtime.Port;
import dev.darkroom.inference.runtime.Turns;
import java.nio.FloatBuffer;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Says how near everything in a picture is: Depth Anything and its relatives.
public final class DepthModel implements AutoCloseable {
    private final Idle<Loaded> model;

    public DepthModel(
            Understood understood, Turns turns, Idle.Keeping keeping, DepthOptions options) {
        this.model =
                new Idle<>(
                        keeping,
                        () -> understood.get().id(),
                        () -> load(understood.get(), turns, options));
    }

    public ModelInfo info() {
        return model.info();
    }

    /// A map in the size of the picture.
    public DepthMap map(RgbImage picture) {
        return model.with(loaded -> loaded.depth.map(picture));
    }

    public boolean isLoaded() {
        return model.isLoaded();
    }

    @Override
    public void close() {
        model.close();
    }

    private static Loaded load(Understood.Known known, Turns turns, DepthOptions options) {
        Plan.Depth plan = (Plan.Depth) known.plan();
        Graph graph = Graph.open(plan.graph());
        try {
            DepthGraph depth = new DepthGraph(graph, plan, turns, options, known.id());
            Map<String, String> resolved = new LinkedHashMap<>(plan.resolved());
            resolved.put("vision.input", depth.input.toString());
            resolved.put("vision.output", depth.output.toString());
            resolved.put("longest side", String.valueOf(options.longest()));
            options.size().ifPresent(size -> resolved.put("size", String.valueOf(size)));
            return new Loaded(
                    depth,
                    new ModelInfo(
                            known.id(),
                            Role.DEPTH,
                            0,
                            EnumSet.of(Capability.DEPTH),
                            plan.rule(),
                            resolved,
                            tested(depth)));
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }

    private static Map<String, String> tested(DepthGraph depth) {
        byte[] pixels = new byte[3 * 64 * 48];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * i / 97 + i % 192);
        }
        long start = System.nanoTime();
        DepthMap map;
        try {
            map = depth.map(new RgbImage(64, 48, pixels));
        } catch (InferenceFailed e) {
            throw e.inSelfTest();
        }
        if (map.min() == map.max()) {
            throw new ModelRefused(
                    "self-test: %s finds everything equally near in a picture full of edges: the wrong output was chosen, or the file is damaged"
                            .formatted(depth.graph.file()));
        }
        Map<String, String> report = new LinkedHashMap<>();
        report.put("numbers", "finite, from " + map.min() + " to " + map.max());
        report.put(
                "ms for a picture",
                "%d at %d x %d"
                        .formatted(
                                (System.nanoTime() - start) / 1_000_000,
                                map.inputWidth(),
                                map.inputHeight()));
        return report;
    }

    /// The graph with what belongs to it.
    private static final class DepthGraph {
        private final Graph graph;
        private final Plan.Depth plan;
        private final Turns turns;
        private final DepthOptions options;
        private final String id;
        private final PictureInput input;
        private final Port output;

        DepthGraph(Graph graph, Plan.Depth plan, Turns turns, DepthOptions options, String id) {
            this.graph = graph;
            this.plan = plan;
            this.turns = turns;
            this.options = options;
            this.id = id;
            this.input = PictureInput.of(graph, null, null);
            this.output = output(graph);
        }

        private static Port output(Graph graph) {
            List<Port> maps =
                    graph.outputs(
                            port ->
                                    port.isFloat()
                                            && (port.rank() == 3
                                                    || (port.rank() == 4 && port.length(1) == 1)));
            return maps.stream()
                    .filter(port -> port.name().equals("predicted_depth"))
                    .findFirst()
                    .or(() -> maps.size() == 1 ? maps.stream().findFirst() : Optional.empty())
                    .orElseThrow(
                            () ->
                                    new ModelRefused(
                                            "%s must have one output of maps (predicted_depth; rank 3, or rank 4 with one channel; float), and has: %s"
                                                    .formatted(graph.file(), graph.signature())));
        }

        DepthMap map(RgbImage picture) {
            InputSize free = InputSize.of(picture.width(), picture.height(), plan, options);
            int width = input.width() == -1 ? free.width() : input.width();
            int height = input.height() == -1 ? free.height() : input.height();
            RgbImage prepared = Resampler.resize(picture, width, height, plan.filter());
            float[] values;
            try (OnnxTensor tensor = input.tensor(List.of(prepared), plan.normalisation())) {
                values =
                        turns.run(
                                graph,
                                Map.of(input.name(), tensor),
                                Set.of(output.name()),
                                result -> inPictureSize((OnnxTensor) result.get(0), picture));
            }
            return DepthMap.of(picture.width(), picture.height(), values, width, height, id);
        }

        private float[] inPictureSize(OnnxTensor tensor, RgbImage picture) {
            long[] shape = tensor.getInfo().getShape();
            int height = Math.toIntExact(shape[shape.length - 2]);
            int width = Math.toIntExact(shape[shape.length - 1]);
            FloatBuffer buffer = tensor.getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            if (values.length != width * height) {
                throw new ModelRefused(
                        "%s gave %d numbers for one map of %d x %d"
                                .formatted(graph.file(), values.length, width, height));
            }
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw new InferenceFailed(
                            id + " answered with numbers that are not finite",
                            false,
                            new ArithmeticException(String.valueOf(value)));
                }
            }
            return Raster.resize(values, width, height, picture.width(), picture.height());
        }
    }

    /// What is in memory.
    private record Loaded(DepthGraph depth, ModelInfo info) implements Idle.Resource {
        @Override
        public void close() {
            depth.graph.close();
        }
    }
}
