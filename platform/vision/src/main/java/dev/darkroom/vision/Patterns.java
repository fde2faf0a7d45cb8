package dev.darkroom.vision;

/// What surfaces look like close up: how often which kind of neighbourhood occurs, whichever way it
/// is turned (uniform local binary patterns), at two scales.
final class Patterns {
    private static final int KINDS = 10;
    private static final int IRREGULAR = KINDS - 1;
    private static final float BRIGHTER_BY = 2;
    private static final int[] KIND_OF = kinds();

    private Patterns() {}

    static void write(float[] luma, float[] vector, Block block) {
        int edge = VisualV1.EDGE;
        write(luma, edge, vector, block.from());
        write(VisualV1.reduced(luma, edge, 2), edge / 2, vector, block.from() + KINDS);
    }

    private static void write(float[] luma, int edge, float[] vector, int from) {
        int[] counts = new int[KINDS];
        for (int y = 1; y < edge - 1; y++) {
            for (int at = y * edge + 1; at < (y + 1) * edge - 1; at++) {
                float centre = luma[at] + BRIGHTER_BY;
                int brighter =
                        (luma[at - edge - 1] >= centre ? 1 : 0)
                                | (luma[at - edge] >= centre ? 2 : 0)
                                | (luma[at - edge + 1] >= centre ? 4 : 0)
                                | (luma[at + 1] >= centre ? 8 : 0)
                                | (luma[at + edge + 1] >= centre ? 16 : 0)
                                | (luma[at + edge] >= centre ? 32 : 0)
                                | (luma[at + edge - 1] >= centre ? 64 : 0)
                                | (luma[at - 1] >= centre ? 128 : 0);
                counts[KIND_OF[brighter]]++;
            }
        }
        for (int i = 0; i < KINDS; i++) {
            vector[from + i] = (float) Math.sqrt(counts[i]);
        }
    }

    /// The number of brighter neighbours where those are side by side; otherwise irregular.
    private static int[] kinds() {
        int[] kinds = new int[256];
        for (int bits = 0; bits < kinds.length; bits++) {
            int turned = bits >> 1 | (bits & 1) << 7;
            int changes = Integer.bitCount(bits ^ turned);
            kinds[bits] = changes <= 2 ? Integer.bitCount(bits) : IRREGULAR;
        }
        return kinds;
    }
}
