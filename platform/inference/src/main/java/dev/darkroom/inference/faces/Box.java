package dev.darkroom.inference.faces;

/// A rectangle in a picture, in its pixels; always inside of it.
public record Box(double left, double top, double right, double bottom) {
    public double width() {
        return right - left;
    }

    public double height() {
        return bottom - top;
    }

    /// What two have in common, as a share of what they cover together.
    double overlap(Box other) {
        double width = Math.min(right, other.right) - Math.max(left, other.left);
        double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        double common = width * height;
        return common / (width() * height() + other.width() * other.height() - common);
    }
}
