package dev.darkroom.inference.faces;

import dev.darkroom.inference.RgbImage;
import java.util.List;

/// Turns, scales and shifts a face so that its eyes, nose and mouth lie where ArcFace was trained
/// to see them.
final class Alignment {
    static final int SIDE = 112;

    /// Where the five landmarks belong, in a picture of 112 pixels.
    static final List<Point> TEMPLATE =
            List.of(
                    new Point(38.2946, 51.6963),
                    new Point(73.5318, 51.5014),
                    new Point(56.0252, 71.7366),
                    new Point(41.5493, 92.3655),
                    new Point(70.7299, 92.2041));

    private Alignment() {}

    /// `x' = a x - b y + c`, `y' = b x + a y + d`: a similarity, and nothing that shears or
    /// mirrors.
    record Similarity(double a, double b, double c, double d) {
        Point apply(Point p) {
            return new Point(a * p.x() - b * p.y() + c, b * p.x() + a * p.y() + d);
        }

        Similarity inverse() {
            double square = a * a + b * b;
            double ia = a / square;
            double ib = -b / square;
            return new Similarity(ia, ib, -(ia * c - ib * d), -(ib * c + ia * d));
        }
    }

    /// The one that brings the points nearest to the others, by least squares.
    static Similarity between(List<Point> from, List<Point> to) {
        Point fromCentre = centre(from);
        Point toCentre = centre(to);
        double along = 0;
        double across = 0;
        double size = 0;
        for (int i = 0; i < from.size(); i++) {
            double x = from.get(i).x() - fromCentre.x();
            double y = from.get(i).y() - fromCentre.y();
            double u = to.get(i).x() - toCentre.x();
            double v = to.get(i).y() - toCentre.y();
            along += x * u + y * v;
            across += x * v - y * u;
            size += x * x + y * y;
        }
        if (size < 1e-9) {
            // All landmarks in one place: nothing to turn by. The place itself is still right.
            return new Similarity(
                    1, 0, toCentre.x() - fromCentre.x(), toCentre.y() - fromCentre.y());
        }
        double a = along / size;
        double b = across / size;
        return new Similarity(
                a,
                b,
                toCentre.x() - (a * fromCentre.x() - b * fromCentre.y()),
                toCentre.y() - (b * fromCentre.x() + a * fromCentre.y()));
    }

    /// The face as ArcFace takes it; black where the picture ends.
    static RgbImage align(RgbImage picture, List<Point> landmarks) {
        Similarity back = between(landmarks, TEMPLATE).inverse();
        byte[] aligned = new byte[3 * SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                Point at = back.apply(new Point(x, y));
                sample(picture, at.x(), at.y(), aligned, 3 * (y * SIDE + x));
            }
        }
        return new RgbImage(SIDE, SIDE, aligned);
    }

    private static void sample(RgbImage picture, double x, double y, byte[] target, int at) {
        int left = (int) Math.floor(Math.clamp(x, -2.0, picture.width() + 1.0));
        int top = (int) Math.floor(Math.clamp(y, -2.0, picture.height() + 1.0));
        double right = x - left;
        double down = y - top;
        for (int channel = 0; channel < 3; channel++) {
            double upper =
                    value(picture, left, top, channel) * (1 - right)
                            + value(picture, left + 1, top, channel) * right;
            double lower =
                    value(picture, left, top + 1, channel) * (1 - right)
                            + value(picture, left + 1, top + 1, channel) * right;
            double mixed = upper * (1 - down) + lower * down;
            target[at + channel] = (byte) Math.clamp(Math.round(mixed), 0, 255);
        }
    }

    private static int value(RgbImage picture, int x, int y, int channel) {
        if (x < 0 || y < 0 || x >= picture.width() || y >= picture.height()) {
            return 0;
        }
        return picture.pixels()[3 * (y * picture.width() + x) + channel] & 0xff;
    }

    private static Point centre(List<Point> points) {
        return new Point(
                points.stream().mapToDouble(Point::x).average().orElse(0),
                points.stream().mapToDouble(Point::y).average().orElse(0));
    }
}
