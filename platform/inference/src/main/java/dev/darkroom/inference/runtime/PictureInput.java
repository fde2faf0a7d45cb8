package dev.darkroom.inference.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.picture.Normalisation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The input of a graph that takes pictures: its numbers, their order, how many at once.
public final class PictureInput {
    private final Port port;
    private final boolean planes;

    private PictureInput(Port port, boolean planes) {
        this.port = port;
        this.planes = planes;
    }

    /// Finds it.
    ///
    /// @param name as the configuration gives it, or null for the only one that looks like pictures
    /// @param layout `NCHW` or `NHWC` from the configuration, or null to see it from the shape
    public static PictureInput of(Graph graph, @Nullable String name, @Nullable String layout) {
        List<Port> candidates =
                graph.inputs().stream()
                        .filter(port -> name == null ? isPicture(port) : port.name().equals(name))
                        .toList();
        if (candidates.size() != 1 || !isPicture(candidates.getFirst())) {
            throw new ModelRefused(
                    "%s must have one input of pictures (rank 4; float, float16 or uint8)%s, and has: %s"
                            .formatted(
                                    graph.file(),
                                    name == null ? "" : " named " + name,
                                    graph.signature()));
        }
        Port port = candidates.getFirst();
        return new PictureInput(port, layout == null ? seesPlanes(graph, port) : isPlanes(layout));
    }

    private static boolean isPicture(Port port) {
        return port.rank() == 4 && (port.isFloat() || port.type() == OnnxJavaType.UINT8);
    }

    private static boolean isPlanes(String layout) {
        return switch (layout) {
            case "NCHW" -> true;
            case "NHWC" -> false;
            default ->
                    throw new ModelRefused("layout in model.json must be NCHW or NHWC: " + layout);
        };
    }

    /// Exporters leave the length of the channels open at times; then floats are planes, as they
    /// are everywhere.
    private static boolean seesPlanes(Graph graph, Port port) {
        boolean first = port.length(1) == 3;
        boolean last = port.length(3) == 3;
        if (first != last) {
            return first;
        }
        if (port.isFloat() && port.length(1) == -1) {
            return true;
        }
        throw new ModelRefused(
                "%s does not say where its colours are (%s): set vision.layout to NCHW or NHWC in model.json"
                        .formatted(graph.file(), port));
    }

    public String name() {
        return port.name();
    }

    /// Whether it takes any number of pictures; else exactly one.
    public boolean takesBatches() {
        return port.length(0) != 1;
    }

    /// Whether the graph normalises by itself.
    public boolean takesBytes() {
        return port.type() == OnnxJavaType.UINT8;
    }

    public int width() {
        return port.length(planes ? 3 : 2);
    }

    public int height() {
        return port.length(planes ? 2 : 1);
    }

    /// Refuses a graph that was made for another size.
    public PictureInput requireSize(Graph graph, int width, int height, String from) {
        boolean fits =
                (width() == -1 || width() == width) && (height() == -1 || height() == height);
        if (!fits) {
            throw new ModelRefused(
                    "%s takes pictures of %d x %d, and %s makes them %d x %d: they do not belong together"
                            .formatted(graph.file(), width(), height(), from, width, height));
        }
        if (port.length(0) > 1) {
            throw new ModelRefused(
                    "%s takes exactly %d pictures at once: export it for 1, or for any number"
                            .formatted(graph.file(), port.length(0)));
        }
        return this;
    }

    @Override
    public String toString() {
        return "%s %s %s, %s"
                .formatted(
                        port,
                        planes ? "NCHW" : "NHWC",
                        takesBytes() ? "normalises itself" : "normalised here",
                        takesBatches() ? "any batch" : "one at a time");
    }

    /// Pictures of one size as a tensor; the caller closes it.
    public OnnxTensor tensor(List<RgbImage> pictures, Normalisation normalisation) {
        int width = pictures.getFirst().width();
        int height = pictures.getFirst().height();
        long[] shape =
                planes
                        ? new long[] {pictures.size(), 3, height, width}
                        : new long[] {pictures.size(), height, width, 3};
        try {
            if (takesBytes()) {
                return OnnxTensor.createTensor(
                        Graph.environment(), bytes(pictures), shape, OnnxJavaType.UINT8);
            }
            FloatBuffer floats = floats(pictures, normalisation);
            return port.type() == OnnxJavaType.FLOAT16
                    ? OnnxTensor.createTensor(
                            Graph.environment(), halves(floats), shape, OnnxJavaType.FLOAT16)
                    : OnnxTensor.createTensor(Graph.environment(), floats, shape);
        } catch (OrtException e) {
            throw new InferenceFailed("no tensor for " + port + ": " + e.getMessage(), false, e);
        }
    }

    private FloatBuffer floats(List<RgbImage> pictures, Normalisation normalisation) {
        FloatBuffer target =
                direct(4L * pictures.size() * pictures.getFirst().pixels().length).asFloatBuffer();
        for (RgbImage picture : pictures) {
            if (planes) {
                normalisation.planes(picture, target);
            } else {
                normalisation.interleaved(picture, target);
            }
        }
        return target.flip();
    }

    private static ShortBuffer halves(FloatBuffer floats) {
        ShortBuffer target = direct(2L * floats.remaining()).asShortBuffer();
        while (floats.hasRemaining()) {
            target.put(Float.floatToFloat16(floats.get()));
        }
        return target.flip();
    }

    private ByteBuffer bytes(List<RgbImage> pictures) {
        ByteBuffer target = direct((long) pictures.size() * pictures.getFirst().pixels().length);
        for (RgbImage picture : pictures) {
            byte[] pixels = picture.pixels();
            if (planes) {
                for (int channel = 0; channel < 3; channel++) {
                    for (int i = channel; i < pixels.length; i += 3) {
                        target.put(pixels[i]);
                    }
                }
            } else {
                target.put(pixels);
            }
        }
        return target.flip();
    }

    private static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }
}
