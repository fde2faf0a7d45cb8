package dev.darkroom.embedding.face;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/// Where a face is, in parts of the upright picture, as exactly as the database keeps it.
record Box(BigDecimal left, BigDecimal top, BigDecimal width, BigDecimal height) {
    private static final int DIGITS = 5;

    /// Empty when it is too small to be anything.
    static Optional<Box> of(
            dev.darkroom.inference.faces.Box pixels, int pictureWidth, int pictureHeight) {
        BigDecimal left = part(pixels.left(), pictureWidth);
        BigDecimal top = part(pixels.top(), pictureHeight);
        Box box =
                new Box(
                        left,
                        top,
                        part(pixels.right(), pictureWidth).subtract(left),
                        part(pixels.bottom(), pictureHeight).subtract(top));
        return Optional.of(box).filter(one -> one.width.signum() > 0 && one.height.signum() > 0);
    }

    /// What two have in common, as a share of what they cover together.
    double overlap(Box other) {
        double across =
                Math.min(right(), other.right())
                        - Math.max(left.doubleValue(), other.left.doubleValue());
        double down =
                Math.min(bottom(), other.bottom())
                        - Math.max(top.doubleValue(), other.top.doubleValue());
        if (across <= 0 || down <= 0) {
            return 0;
        }
        double common = across * down;
        return common / (area() + other.area() - common);
    }

    double right() {
        return left.doubleValue() + width.doubleValue();
    }

    double bottom() {
        return top.doubleValue() + height.doubleValue();
    }

    private double area() {
        return width.doubleValue() * height.doubleValue();
    }

    private static BigDecimal part(double value, int length) {
        return BigDecimal.valueOf(Math.clamp(value / length, 0, 1))
                .setScale(DIGITS, RoundingMode.HALF_EVEN);
    }
}
