package dev.darkroom.media.child;

/// CIE Lab under D50, as Photoshop stores it in bytes, to sRGB.
final class LabColour {

    private static final double[] WHITE = {0.9642, 1, 0.8249};
    private static final double[][] TO_LINEAR_SRGB = {
        {3.1338561, -1.6168667, -0.4906146},
        {-0.9787684, 1.9161415, 0.0334540},
        {0.0719453, -0.2289914, 1.4052427}
    };

    private LabColour() {}

    /// Red, green and blue, 8 bits each.
    static int toSrgb(byte lightness, byte a, byte b) {
        double y = ((lightness & 0xff) * 100 / 255.0 + 16) / 116;
        double x = y + ((a & 0xff) - 128) / 500.0;
        double z = y - ((b & 0xff) - 128) / 200.0;
        double[] xyz = {linear(x) * WHITE[0], linear(y) * WHITE[1], linear(z) * WHITE[2]};
        int rgb = 0;
        for (double[] line : TO_LINEAR_SRGB) {
            double level = line[0] * xyz[0] + line[1] * xyz[1] + line[2] * xyz[2];
            rgb = rgb << 8 | (int) Math.round(255 * gamma(Math.clamp(level, 0.0, 1.0)));
        }
        return rgb;
    }

    private static double linear(double f) {
        return f > 6 / 29.0 ? f * f * f : 3 * 36 / 841.0 * (f - 4 / 29.0);
    }

    private static double gamma(double level) {
        return level <= 0.0031308 ? 12.92 * level : 1.055 * Math.pow(level, 1 / 2.4) - 0.055;
    }
}
