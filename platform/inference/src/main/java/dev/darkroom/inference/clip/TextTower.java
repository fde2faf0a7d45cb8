package dev.darkroom.inference.clip;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.layout.Plan;
import dev.darkroom.inference.runtime.Graph;
import dev.darkroom.inference.runtime.Port;
import dev.darkroom.inference.runtime.Turns;
import dev.darkroom.inference.runtime.Vectors;
import dev.darkroom.inference.text.TextRules;
import dev.darkroom.inference.text.Tokens;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/// A loaded graph that makes one row of numbers of each text, with its tokenizer.
public final class TextTower implements AutoCloseable {
    /// Beside the ids, what a graph may ask for; all of it follows from the ids.
    private static final Set<String> KNOWN =
            Set.of("attention_mask", "position_ids", "token_type_ids");

    private final Graph graph;
    private final Turns turns;
    private final Port ids;
    private final Port output;
    private final Tokens tokens;

    private TextTower(Graph graph, Plan.Text plan, Turns turns) {
        this.graph = graph;
        this.turns = turns;
        this.ids = ids(graph);
        this.output = Vectors.output(graph, plan.output());
        this.tokens = Tokens.open(plan.tokenizer(), plan.rules(), context(plan.rules()));
    }

    public static TextTower open(Plan.Text plan, Turns turns) {
        Graph graph = Graph.open(plan.graph());
        try {
            return new TextTower(graph, plan, turns);
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }

    private static Port ids(Graph graph) {
        List<Port> candidates =
                graph.inputs().stream().filter(port -> !KNOWN.contains(port.name())).toList();
        if (candidates.size() == 1
                && candidates.getFirst().rank() == 2
                && graph.inputs().stream().allMatch(TextTower::isWhole)) {
            return candidates.getFirst();
        }
        throw new ModelRefused(
                "%s must take the ids of words (int32 or int64, rank 2), and besides only %s; it takes: %s"
                        .formatted(
                                graph.file(), KNOWN.stream().sorted().toList(), graph.signature()));
    }

    private static boolean isWhole(Port port) {
        return port.type() == OnnxJavaType.INT32 || port.type() == OnnxJavaType.INT64;
    }

    private int context(TextRules rules) {
        int fixed = ids.length(1);
        int written = rules.context().orElse(-1);
        if (fixed == -1 && written == -1) {
            throw new ModelRefused(
                    "nobody says how many ids %s takes: looked in the graph, for text_cfg.context_length or text_config.max_position_embeddings in config.json, model_max_length in tokenizer_config.json, truncation.max_length in tokenizer.json; or set text.context in model.json"
                            .formatted(graph.file()));
        }
        if (fixed != -1 && written != -1 && fixed != written) {
            throw new ModelRefused(
                    "%s takes %d ids, and %s says %d: they do not belong together"
                            .formatted(graph.file(), fixed, rules.from(), written));
        }
        return fixed == -1 ? written : fixed;
    }

    /// The row of a text.
    public float[] row(String text) {
        long[] numbers = tokens.of(text);
        int length = tokens.length(text);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (Port port : graph.inputs()) {
                inputs.put(port.name(), tensor(port, values(port, numbers, length)));
            }
            return turns.run(
                    graph,
                    inputs,
                    Set.of(output.name()),
                    result -> VisionTower.Rows.of((OnnxTensor) result.get(0), 1, graph).getFirst());
        } catch (OrtException e) {
            throw new InferenceFailed("no tensor of ids: " + e.getMessage(), false, e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static long[] values(Port port, long[] ids, int length) {
        return switch (port.name()) {
            case "attention_mask" -> {
                long[] mask = new long[ids.length];
                Arrays.fill(mask, 0, length, 1);
                yield mask;
            }
            case "position_ids" -> LongStream.range(0, ids.length).toArray();
            case "token_type_ids" -> new long[ids.length];
            default -> ids;
        };
    }

    private static OnnxTensor tensor(Port port, long[] values) throws OrtException {
        long[] shape = {1, values.length};
        if (port.type() == OnnxJavaType.INT64) {
            return OnnxTensor.createTensor(Graph.environment(), LongBuffer.wrap(values), shape);
        }
        int[] small = Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
        return OnnxTensor.createTensor(Graph.environment(), IntBuffer.wrap(small), shape);
    }

    /// What the graph and the tokenizer said about themselves.
    public void describe(Map<String, String> resolved) {
        resolved.put("text.input", ids.toString());
        resolved.put("text.output", output.toString());
        resolved.put(
                "text.ids",
                "%d, end %d, filling %d"
                        .formatted(tokens.context(), tokens.endId(), tokens.padId()));
    }

    @Override
    public void close() {
        tokens.close();
        graph.close();
    }
}
