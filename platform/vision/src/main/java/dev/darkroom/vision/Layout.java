package dev.darkroom.vision;

/// Where it is bright and where which colour is: the lowest frequencies of the picture's 8 x 8 mean
/// colours, as MPEG-7's colour layout takes them.
final class Layout {
    private static final int GRID = 8;
    private static final int[] KEPT = {36, 15, 15};
    private static final float COLOUR_GAIN = 1.2f;
    private static final float[][] COSINES = cosines();
    private static final int[] ZIGZAG = zigzag();

    private Layout() {}

    static void write(float[][] rgb, float[] luma, float[] vector, Block block) {
        int edge = VisualV1.EDGE;
        float[][] small = new float[3][];
        for (int c = 0; c < 3; c++) {
            small[c] = VisualV1.reduced(rgb[c], edge, edge / GRID);
        }
        float[] brightness = VisualV1.reduced(luma, edge, edge / GRID);
        float[] blueness = new float[GRID * GRID];
        float[] redness = new float[GRID * GRID];
        for (int i = 0; i < brightness.length; i++) {
            brightness[i] -= 128;
            blueness[i] = -.168736f * small[0][i] - .331264f * small[1][i] + .5f * small[2][i];
            redness[i] = .5f * small[0][i] - .418688f * small[1][i] - .081312f * small[2][i];
        }
        int at = block.from();
        at = write(brightness, KEPT[0], 1, vector, at);
        at = write(blueness, KEPT[1], COLOUR_GAIN, vector, at);
        write(redness, KEPT[2], COLOUR_GAIN, vector, at);
    }

    private static int write(float[] grid, int kept, float gain, float[] vector, int at) {
        float[] frequencies = transformed(grid);
        for (int k = 0; k < kept; k++) {
            float value = frequencies[ZIGZAG[k]] * (k == 0 ? .5f : 1);
            vector[at + k] = gain * Math.signum(value) * (float) Math.sqrt(Math.abs(value));
        }
        return at + kept;
    }

    private static float[] transformed(float[] grid) {
        return alongRows(turned(alongRows(turned(grid))));
    }

    private static float[] alongRows(float[] grid) {
        float[] result = new float[GRID * GRID];
        for (int y = 0; y < GRID; y++) {
            for (int k = 0; k < GRID; k++) {
                float sum = 0;
                for (int x = 0; x < GRID; x++) {
                    sum += COSINES[k][x] * grid[y * GRID + x];
                }
                result[y * GRID + k] = sum;
            }
        }
        return result;
    }

    private static float[] turned(float[] grid) {
        float[] turned = new float[GRID * GRID];
        for (int i = 0; i < turned.length; i++) {
            turned[i % GRID * GRID + i / GRID] = grid[i];
        }
        return turned;
    }

    /// `StrictMath`: these bits are in every vector.
    private static float[][] cosines() {
        float[][] cosines = new float[GRID][GRID];
        for (int k = 0; k < GRID; k++) {
            for (int x = 0; x < GRID; x++) {
                double angle = Math.PI * k * (2 * x + 1) / (2 * GRID);
                cosines[k][x] = (float) ((k == 0 ? Math.sqrt(.125) : .5) * StrictMath.cos(angle));
            }
        }
        return cosines;
    }

    /// The order of JPEG, from low to high frequencies.
    private static int[] zigzag() {
        int[] order = new int[GRID * GRID];
        int at = 0;
        for (int sum = 0; sum < 2 * GRID - 1; sum++) {
            for (int k = 0; k <= sum; k++) {
                int y = sum % 2 == 0 ? sum - k : k;
                if (y < GRID && sum - y < GRID) {
                    order[at++] = y * GRID + sum - y;
                }
            }
        }
        return order;
    }
}
