package dev.darkroom.inference.depth;

/// A table of numbers, and its resizing by cubic curves through four neighbours: what comes out of
/// a graph is smaller than the picture, so nothing can alias.
final class Raster {
    private static final double A = -0.5;

    private Raster() {}

    static float[] resize(float[] source, int width, int height, int toWidth, int toHeight) {
        float[] wide = new float[toWidth * height];
        for (int x = 0; x < toWidth; x++) {
            double at = (x + 0.5) * width / toWidth - 0.5;
            int first = (int) Math.floor(at) - 1;
            double[] weights = weights(at - Math.floor(at));
            for (int y = 0; y < height; y++) {
                double sum = 0;
                for (int k = 0; k < 4; k++) {
                    sum += weights[k] * source[y * width + Math.clamp(first + k, 0, width - 1)];
                }
                wide[y * toWidth + x] = (float) sum;
            }
        }
        float[] target = new float[toWidth * toHeight];
        for (int y = 0; y < toHeight; y++) {
            double at = (y + 0.5) * height / toHeight - 0.5;
            int first = (int) Math.floor(at) - 1;
            double[] weights = weights(at - Math.floor(at));
            for (int k = 0; k < 4; k++) {
                int row = Math.clamp(first + k, 0, height - 1) * toWidth;
                for (int x = 0; x < toWidth; x++) {
                    target[y * toWidth + x] += (float) (weights[k] * wide[row + x]);
                }
            }
        }
        return target;
    }

    private static double[] weights(double between) {
        return new double[] {
            outer(1 + between), inner(between), inner(1 - between), outer(2 - between)
        };
    }

    private static double inner(double d) {
        return ((A + 2) * d - (A + 3)) * d * d + 1;
    }

    private static double outer(double d) {
        return (((d - 5) * d + 8) * d - 4) * A;
    }
}
