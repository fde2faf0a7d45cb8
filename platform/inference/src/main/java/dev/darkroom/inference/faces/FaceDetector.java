package dev.darkroom.inference.faces;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.picture.Channels;
import dev.darkroom.inference.picture.Filter;
import dev.darkroom.inference.picture.Normalisation;
import dev.darkroom.inference.picture.Resampler;
import dev.darkroom.inference.runtime.Graph;
import dev.darkroom.inference.runtime.PictureInput;
import dev.darkroom.inference.runtime.Port;
import dev.darkroom.inference.runtime.Turns;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// SCRFD: the picture in the top left corner of a black square; scores, boxes and landmarks for
/// every cell of three grids.
///
/// The nine outputs are taken by their place: their names differ from export to export.
final class FaceDetector implements AutoCloseable {
    private static final int[] STRIDES = {8, 16, 32};
    private static final int SIDE = 640;
    private static final double SAME_FACE = 0.4;
    private static final Normalisation NORMALISATION =
            new Normalisation(1, Channels.all(127.5f), Channels.all(128));

    private final Graph graph;
    private final Turns turns;
    private final PictureInput input;
    private final int side;

    private FaceDetector(Graph graph, Turns turns) {
        this.graph = graph;
        this.turns = turns;
        this.input = PictureInput.of(graph, null, null);
        this.side = input.width() == -1 ? SIDE : input.width();
        input.requireSize(graph, side, side, "SCRFD");
        if (side % 32 != 0) {
            throw new ModelRefused(
                    "%s takes pictures of %d pixels: the side must be a multiple of 32"
                            .formatted(graph.file(), side));
        }
        if (graph.outputs().size() != 9 || !graph.outputs().stream().allMatch(Port::isFloat)) {
            throw new ModelRefused(
                    "%s is no SCRFD detector with landmarks: it must have nine outputs (scores, boxes and landmarks for three strides), and has: %s"
                            .formatted(graph.file(), graph.signature()));
        }
    }

    static FaceDetector open(Path file, Turns turns) {
        Graph graph = Graph.open(file);
        try {
            return new FaceDetector(graph, turns);
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }

    /// Faces with at least this score, best first, each once.
    List<Face> find(RgbImage picture, double minScore) {
        double scale = Math.min((double) side / picture.width(), (double) side / picture.height());
        RgbImage square = letterbox(picture, scale);
        Set<String> names =
                graph.outputs().stream()
                        .map(Port::name)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        List<Face> found;
        try (OnnxTensor tensor = input.tensor(List.of(square), NORMALISATION)) {
            found =
                    turns.run(
                            graph,
                            Map.of(input.name(), tensor),
                            names,
                            result -> cells(result, scale, picture, minScore));
        }
        return once(found);
    }

    private RgbImage letterbox(RgbImage picture, double scale) {
        int width = Math.clamp((int) (picture.width() * scale), 1, side);
        int height = Math.clamp((int) (picture.height() * scale), 1, side);
        byte[] small = Resampler.resize(picture, width, height, Filter.BILINEAR).pixels();
        byte[] square = new byte[3 * side * side];
        for (int y = 0; y < height; y++) {
            System.arraycopy(small, 3 * y * width, square, 3 * y * side, 3 * width);
        }
        return new RgbImage(side, side, square);
    }

    private List<Face> cells(
            OrtSession.Result result, double scale, RgbImage picture, double minScore)
            throws OrtException {
        List<Face> faces = new ArrayList<>();
        for (int level = 0; level < STRIDES.length; level++) {
            int stride = STRIDES[level];
            int grid = side / stride;
            float[] scores = numbers(result, level);
            float[] boxes = numbers(result, level + 3);
            float[] points = numbers(result, level + 6);
            int anchors = scores.length / (grid * grid);
            requireShape(stride, anchors * grid * grid, scores, boxes, points);
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] >= minScore) {
                    int cell = i / anchors;
                    Point centre = new Point((cell % grid) * stride, (cell / grid) * stride);
                    faces.add(face(i, scores[i], centre, stride, boxes, points, scale, picture));
                }
            }
        }
        faces.removeIf(face -> face.box().width() <= 0 || face.box().height() <= 0);
        return faces;
    }

    private void requireShape(
            int stride, int cells, float[] scores, float[] boxes, float[] points) {
        if (cells < 1
                || scores.length != cells
                || boxes.length != 4 * cells
                || points.length != 10 * cells) {
            throw new ModelRefused(
                    "%s is no SCRFD detector: for stride %d it gave %d scores, %d box sides and %d landmark numbers"
                            .formatted(
                                    graph.file(),
                                    stride,
                                    scores.length,
                                    boxes.length,
                                    points.length));
        }
    }

    private static Face face(
            int i,
            float score,
            Point centre,
            int stride,
            float[] boxes,
            float[] points,
            double scale,
            RgbImage picture) {
        List<Point> landmarks = new ArrayList<>(5);
        for (int k = 0; k < 5; k++) {
            landmarks.add(
                    new Point(
                            (centre.x() + points[10 * i + 2 * k] * stride) / scale,
                            (centre.y() + points[10 * i + 2 * k + 1] * stride) / scale));
        }
        int width = picture.width();
        int height = picture.height();
        Box box =
                new Box(
                        within((centre.x() - boxes[4 * i] * stride) / scale, width),
                        within((centre.y() - boxes[4 * i + 1] * stride) / scale, height),
                        within((centre.x() + boxes[4 * i + 2] * stride) / scale, width),
                        within((centre.y() + boxes[4 * i + 3] * stride) / scale, height));
        return new Face(box, landmarks, Math.min(1, score), Optional.empty());
    }

    private static double within(double value, int length) {
        return Math.clamp(value, 0, length);
    }

    private static float[] numbers(OrtSession.Result result, int place) {
        FloatBuffer buffer = ((OnnxTensor) result.get(place)).getFloatBuffer();
        float[] numbers = new float[buffer.remaining()];
        buffer.get(numbers);
        return numbers;
    }

    /// The best of those that overlap.
    private static List<Face> once(List<Face> found) {
        List<Face> best =
                found.stream().sorted(Comparator.comparingDouble(Face::score).reversed()).toList();
        List<Face> kept = new ArrayList<>();
        for (Face face : best) {
            if (kept.stream().noneMatch(k -> k.box().overlap(face.box()) > SAME_FACE)) {
                kept.add(face);
            }
        }
        return kept;
    }

    void describe(Map<String, String> resolved) {
        resolved.put("detector.input", input + ", letterbox of " + side);
    }

    @Override
    public void close() {
        graph.close();
    }
}
