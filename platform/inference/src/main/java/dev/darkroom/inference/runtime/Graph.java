package dev.darkroom.inference.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.darkroom.inference.ModelRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One ONNX file, loaded. Many threads may run it at the same time, each on its own.
///
/// The file is opened by its path, because weights may lie in files beside it.
public final class Graph implements AutoCloseable {
    private final Path file;
    private final OrtSession session;
    private final List<Port> inputs;
    private final List<Port> outputs;

    private Graph(Path file, OrtSession session) throws OrtException {
        this.file = file;
        this.session = session;
        this.inputs = ports(session.getInputInfo().values());
        this.outputs = ports(session.getOutputInfo().values());
    }

    /// Takes a second and the file's size in memory, for a large one.
    public static Graph open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelRefused(file + " is not there");
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.inter_op.allow_spinning", "0");
            return open(file, options);
        } catch (OrtException e) {
            throw new ModelRefused(
                    file
                            + " cannot be loaded by ONNX Runtime "
                            + environment().getVersion()
                            + ": "
                            + reason(e)
                            + ". "
                            + advice(e),
                    e);
        }
    }

    private static Graph open(Path file, OrtSession.SessionOptions options) throws OrtException {
        OrtSession session = environment().createSession(file.toString(), options);
        try {
            return new Graph(file, session);
        } catch (OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /// Writes nothing to the standard error: what goes wrong comes as an exception.
    public static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "darkroom");
    }

    OrtSession session() {
        return session;
    }

    public Path file() {
        return file;
    }

    public List<Port> inputs() {
        return inputs;
    }

    public List<Port> outputs() {
        return outputs;
    }

    /// Those outputs that are wanted, in the graph's order.
    public List<Port> outputs(Predicate<Port> wanted) {
        return outputs.stream().filter(wanted).toList();
    }

    /// Inputs and outputs in one line, for messages.
    public String signature() {
        return describe(inputs) + " -> " + describe(outputs);
    }

    private static String describe(List<Port> ports) {
        return ports.stream().map(Port::toString).collect(Collectors.joining(", "));
    }

    private static List<Port> ports(Collection<NodeInfo> nodes) {
        return nodes.stream()
                .filter(node -> node.getInfo() instanceof TensorInfo)
                .map(
                        node -> {
                            TensorInfo tensor = (TensorInfo) node.getInfo();
                            return new Port(
                                    node.getName(),
                                    tensor.type,
                                    Arrays.stream(tensor.getShape()).boxed().toList());
                        })
                .toList();
    }

    private static String reason(OrtException failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
    }

    private static String advice(OrtException failure) {
        return switch (failure.getCode()) {
            case ORT_INVALID_PROTOBUF ->
                    "The file is damaged or no ONNX file: fetch it again, or set its sha256";
            case ORT_NO_SUCHFILE -> "Put the weights that belong to it into the same folder";
            case ORT_INVALID_GRAPH, ORT_NOT_IMPLEMENTED ->
                    "It needs operators that are not built in: export it with the standard opset";
            default -> "Export it for opset 26 or older, with all its weights beside it";
        };
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(file + " cannot be given back", e);
        }
    }
}
