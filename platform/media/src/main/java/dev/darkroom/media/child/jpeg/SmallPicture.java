package dev.darkroom.media.child.jpeg;

/// A picture as JPEG stores it: luminance, and two colour differences of half its width and height.
///
/// Making it smaller, turning and storing it all happen on these planes; red, green and blue are
/// computed where a profile or a placeholder asks for them.
public final class SmallPicture {

    private final Plane luminance;
    private final Plane blueness;
    private final Plane redness;

    SmallPicture(Plane luminance, Plane blueness, Plane redness) {
        this.luminance = luminance;
        this.blueness = blueness;
        this.redness = redness;
    }

    /// Planes of the right sizes, with nothing on them.
    static SmallPicture empty(int width, int height) {
        int halfWidth = half(width);
        int halfHeight = half(height);
        return new SmallPicture(
                new Plane(width, height),
                new Plane(halfWidth, halfHeight),
                new Plane(halfWidth, halfHeight));
    }

    private static int half(int length) {
        return (length + 1) / 2;
    }

    public int width() {
        return luminance.width();
    }

    public int height() {
        return luminance.height();
    }

    Plane luminance() {
        return luminance;
    }

    Plane blueness() {
        return blueness;
    }

    Plane redness() {
        return redness;
    }

    /// The same picture made smaller; itself when it is that small already.
    public SmallPicture resized(int width, int height) {
        return new SmallPicture(
                luminance.resized(width, height),
                blueness.resized(half(width), half(height)),
                redness.resized(half(width), half(height)));
    }

    /// Mirrored first (left and right swapped), then turned to the right by quarters.
    public SmallPicture turned(boolean mirrored, int quarters) {
        return new SmallPicture(
                luminance.turned(mirrored, quarters),
                blueness.turned(mirrored, quarters),
                redness.turned(mirrored, quarters));
    }

    /// One int per pixel: opaque, red, green, blue.
    public int[] argb() {
        int[] argb = new int[width() * height()];
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                float light = luminance.at(x, y);
                float blue = blueness.at(x / 2, y / 2) - 128;
                float red = redness.at(x / 2, y / 2) - 128;
                argb[y * width() + x] =
                        0xff000000
                                | level(light + 1.402f * red) << 16
                                | level(light - 0.344136f * blue - 0.714136f * red) << 8
                                | level(light + 1.772f * blue);
            }
        }
        return argb;
    }

    private static int level(float value) {
        return Math.clamp((int) (value + 0.5f), 0, 255);
    }
}
