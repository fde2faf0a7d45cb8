package dev.darkroom.inference.runtime;

import ai.onnxruntime.OnnxJavaType;
import java.util.List;
import java.util.Locale;

/// An input or output of a graph.
///
/// @param shape lengths of its dimensions; -1 where the graph leaves one open
public record Port(String name, OnnxJavaType type, List<Long> shape) {
    public Port {
        shape = List.copyOf(shape);
    }

    public int rank() {
        return shape.size();
    }

    public boolean isFloat() {
        return type == OnnxJavaType.FLOAT || type == OnnxJavaType.FLOAT16;
    }

    /// The length of a dimension; -1 where it is open.
    public int length(int dimension) {
        return Math.toIntExact(shape.get(dimension));
    }

    @Override
    public String toString() {
        return name + " " + type.name().toLowerCase(Locale.ROOT) + shape;
    }
}
