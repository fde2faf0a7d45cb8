package dev.darkroom.inference.clip;

import ai.onnxruntime.OnnxTensor;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.layout.Plan;
import dev.darkroom.inference.picture.Preparation;
import dev.darkroom.inference.runtime.Graph;
import dev.darkroom.inference.runtime.PictureInput;
import dev.darkroom.inference.runtime.Port;
import dev.darkroom.inference.runtime.Turns;
import dev.darkroom.inference.runtime.Vectors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A loaded graph that makes one row of numbers of each picture, as it comes out.
public final class VisionTower implements AutoCloseable {
    /// More at once only adds waiting and memory on processors.
    private static final int BATCH = 8;

    private final Graph graph;
    private final Turns turns;
    private final Preparation preparation;
    private final PictureInput input;
    private final Port output;

    private VisionTower(Graph graph, Plan.Vision plan, Turns turns) {
        this.graph = graph;
        this.turns = turns;
        this.preparation = plan.preparation();
        this.input =
                PictureInput.of(graph, plan.input(), plan.layout())
                        .requireSize(graph, preparation.width(), preparation.height(), plan.from());
        this.output = Vectors.output(graph, plan.output());
        if (graph.inputs().size() != 1) {
            throw new ModelRefused(
                    "%s takes more than pictures: %s. Export the graph for pictures alone"
                            .formatted(graph.file(), graph.signature()));
        }
    }

    public static VisionTower open(Plan.Vision plan, Turns turns) {
        Graph graph = Graph.open(plan.graph());
        try {
            return new VisionTower(graph, plan, turns);
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }

    /// One row for each picture, in order.
    public List<float[]> rows(List<RgbImage> pictures) {
        List<float[]> rows = new ArrayList<>(pictures.size());
        int step = input.takesBatches() ? BATCH : 1;
        for (int from = 0; from < pictures.size(); from += step) {
            List<RgbImage> batch =
                    pictures.subList(from, Math.min(pictures.size(), from + step)).stream()
                            .map(preparation::apply)
                            .toList();
            rows.addAll(run(batch));
        }
        return rows;
    }

    private List<float[]> run(List<RgbImage> prepared) {
        try (OnnxTensor tensor = input.tensor(prepared, preparation.normalisation())) {
            return turns.run(
                    graph,
                    Map.of(input.name(), tensor),
                    Set.of(output.name()),
                    result -> Rows.of((OnnxTensor) result.get(0), prepared.size(), graph));
        }
    }

    public boolean takesBatches() {
        return input.takesBatches();
    }

    /// What the graph said about itself.
    public void describe(Map<String, String> resolved) {
        resolved.put("vision.input", input.toString());
        resolved.put("vision.output", output.toString());
    }

    @Override
    public void close() {
        graph.close();
    }

    /// Takes a table of numbers apart.
    static final class Rows {
        private Rows() {}

        static List<float[]> of(OnnxTensor table, int count, Graph graph) {
            FloatBuffer numbers = table.getFloatBuffer();
            if (count == 0 || numbers.remaining() % count != 0 || !numbers.hasRemaining()) {
                throw new ModelRefused(
                        "%s gave %d numbers for %d inputs: it must give one row for each"
                                .formatted(graph.file(), numbers.remaining(), count));
            }
            int width = numbers.remaining() / count;
            List<float[]> rows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                float[] row = new float[width];
                numbers.get(row);
                rows.add(row);
            }
            return rows;
        }
    }
}
