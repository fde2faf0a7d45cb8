package dev.darkroom.inference.picture;

/// A number for each of red, green and blue.
public record Channels(float red, float green, float blue) {
    public static final Channels ZERO = all(0);
    public static final Channels ONE = all(1);

    public static Channels all(float value) {
        return new Channels(value, value, value);
    }

    @Override
    public String toString() {
        return red + " " + green + " " + blue;
    }
}
