package dev.darkroom.inference.depth;

import java.util.LinkedHashMap;
import java.util.Map;

/// How near everything in a picture is: one number for each of its pixels.
///
/// The numbers are inverse depth without a scale: larger is nearer, twice as large is not half as
/// far in metres, and two maps cannot be compared.
///
/// @param values row after row; not copied, not to be changed
/// @param min smallest value
/// @param max largest value
/// @param inputWidth width of the picture as the graph saw it
/// @param inputHeight height of the picture as the graph saw it
/// @param model its id
@SuppressWarnings("ArrayRecordComponent") // megabytes that are only read; never compared
public record DepthMap(
        int width,
        int height,
        float[] values,
        float min,
        float max,
        int inputWidth,
        int inputHeight,
        String model) {
    public DepthMap {
        if (width < 1 || height < 1 || values.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "%d x %d pixels need as many values, not %d"
                            .formatted(width, height, values.length));
        }
    }

    static DepthMap of(
            int width, int height, float[] values, int inputWidth, int inputHeight, String model) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        return new DepthMap(width, height, values, min, max, inputWidth, inputHeight, model);
    }

    /// What a reader must know to get the numbers back; goes beside the file, or into a row.
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("model", model);
        parameters.put("meaning", "inverse depth, larger is nearer, no scale");
        parameters.put("width", width);
        parameters.put("height", height);
        parameters.put("min", min);
        parameters.put("max", max);
        parameters.put("inputWidth", inputWidth);
        parameters.put("inputHeight", inputHeight);
        return parameters;
    }

    @Override
    public String toString() {
        return "DepthMap[%d x %d, %s to %s, %s]".formatted(width, height, min, max, model);
    }
}
