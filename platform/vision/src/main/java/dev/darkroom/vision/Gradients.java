package dev.darkroom.vision;

/// Which way edges run in each of 4 x 4 cells, fine and coarse: eight directions, regardless of
/// which side is the brighter.
final class Gradients {
    private static final int CELLS = 4;
    private static final int DIRECTIONS = 8;
    private static final int SIZE = CELLS * CELLS * DIRECTIONS;
    private static final int COARSE = 4;

    /// Weaker ones are noise.
    private static final float FAINTEST = 4;

    /// All pictures have edges of all directions; what makes one different is what is left without
    /// most of their mean.
    private static final double MEAN_TAKEN = .7;

    private Gradients() {}

    static void write(float[] luma, float[] vector, Block block) {
        int edge = VisualV1.EDGE;
        Block fine = block.part(0, SIZE);
        Block coarse = block.part(SIZE, SIZE);
        write(luma, edge, vector, fine.from());
        write(VisualV1.reduced(luma, edge, COARSE), edge / COARSE, vector, coarse.from());
        fine.scale(vector, Math.sqrt(.5));
        coarse.scale(vector, Math.sqrt(.5));
    }

    private static void write(float[] luma, int edge, float[] vector, int from) {
        float[] sums = new float[SIZE];
        float cell = (float) edge / CELLS;
        for (int y = 1; y < edge - 1; y++) {
            for (int x = 1; x < edge - 1; x++) {
                int at = y * edge + x;
                float dx = luma[at + 1] - luma[at - 1];
                float dy = luma[at + edge] - luma[at - edge];
                float square = dx * dx + dy * dy;
                if (square >= FAINTEST * FAINTEST) {
                    float strength = (float) Math.sqrt(square);
                    spread(sums, x / cell, y / cell, half(dx, dy) * DIRECTIONS, strength, cell);
                }
            }
        }
        double mean = 0;
        for (int i = 0; i < SIZE; i++) {
            vector[from + i] = (float) Math.sqrt(sums[i]);
            mean += vector[from + i];
        }
        float taken = (float) (mean / SIZE * MEAN_TAKEN);
        for (int i = 0; i < SIZE; i++) {
            vector[from + i] -= taken;
        }
    }

    /// Shares the strength among the two nearest directions and the four nearest cells.
    private static void spread(
            float[] sums, float x, float y, float turn, float strength, float cell) {
        float direction = turn - .5f;
        int first = (int) Math.floor(direction);
        float next = direction - first;
        float cx = x + .5f / cell - .5f;
        float cy = y + .5f / cell - .5f;
        int left = (int) Math.floor(cx);
        int top = (int) Math.floor(cy);
        for (int j = 0; j < 2; j++) {
            int row = top + j;
            float down = j == 0 ? 1 - (cy - top) : cy - top;
            for (int i = 0; i < 2; i++) {
                int column = left + i;
                if (row >= 0 && row < CELLS && column >= 0 && column < CELLS) {
                    float across = i == 0 ? 1 - (cx - left) : cx - left;
                    float share = down * across * strength;
                    int at = (row * CELLS + column) * DIRECTIONS;
                    sums[at + (first & (DIRECTIONS - 1))] += share * (1 - next);
                    sums[at + (first + 1 & (DIRECTIONS - 1))] += share * next;
                }
            }
        }
    }

    /// The angle of a line through the origin as a part of a half turn, 0 to 1.
    ///
    /// A polynomial rather than `Math.atan2`, whose last bits may differ between machines; off by
    /// less than a thousandth of a direction.
    static float half(float dx, float dy) {
        float ax = Math.abs(dx);
        float ay = Math.abs(dy);
        float ratio = Math.min(ax, ay) / Math.max(ax, ay);
        float square = ratio * ratio;
        float angle =
                ((-.046496473f * square + .15931422f) * square - .32762277f) * square * ratio
                        + ratio;
        float quarter = (float) (Math.PI / 2);
        float first = ay > ax ? quarter - angle : angle;
        float turned = dx < 0 == dy < 0 ? first : 2 * quarter - first;
        float part = turned / (2 * quarter);
        return part >= 1 ? 0 : part;
    }
}
