package dev.darkroom.vision;

/// How colourful a picture is as a whole, after Hasler and Süsstrunk: a direction from grey to
/// gaudy.
final class Colourfulness {
    /// Of the gaudiest pictures.
    private static final double MOST = 110;

    private Colourfulness() {}

    static void write(float[][] rgb, float[] vector, Block block) {
        int count = rgb[0].length;
        double redGreen = 0;
        double redGreenSquares = 0;
        double yellowBlue = 0;
        double yellowBlueSquares = 0;
        for (int i = 0; i < count; i++) {
            double rg = rgb[0][i] - rgb[1][i];
            double yb = .5 * (rgb[0][i] + rgb[1][i]) - rgb[2][i];
            redGreen += rg;
            redGreenSquares += rg * rg;
            yellowBlue += yb;
            yellowBlueSquares += yb * yb;
        }
        double rgMean = redGreen / count;
        double ybMean = yellowBlue / count;
        double variance =
                Math.max(0, redGreenSquares / count - rgMean * rgMean)
                        + Math.max(0, yellowBlueSquares / count - ybMean * ybMean);
        double mean = Math.sqrt(rgMean * rgMean + ybMean * ybMean);
        point(Math.min(1, (Math.sqrt(variance) + .3 * mean) / MOST), vector, block);
    }

    /// @param share 0 for grey to 1 for gaudy
    static void point(double share, float[] vector, Block block) {
        vector[block.from()] = (float) StrictMath.cos(share * Math.PI / 2);
        vector[block.from() + 1] = (float) StrictMath.sin(share * Math.PI / 2);
    }
}
