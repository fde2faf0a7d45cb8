package dev.darkroom.media.child.jpeg;

/// The factors of an orthonormal cosine transform of eight values: half the cosine of so many
/// sixteenths of a half turn.
final class Cosines {

    static final float C1 = half(1);
    static final float C2 = half(2);
    static final float C3 = half(3);
    static final float C4 = half(4);
    static final float C5 = half(5);
    static final float C6 = half(6);
    static final float C7 = half(7);

    private Cosines() {}

    private static float half(int sixteenths) {
        return (float) (Math.cos(sixteenths * Math.PI / 16) / 2);
    }
}
