package dev.darkroom.vision;

/// `visual-v1`: 512 numbers that say what a picture looks like: where its edges run, which colours
/// it has and where they are.
///
/// Two vectors' cosine is the weighted mean of the cosines of their blocks. It finds copies, crops
/// and pictures of like colour and layout. It does not know what is in a picture, and no word but a
/// colour ([ColourWords]) finds one by it.
///
/// ```
/// 256  gradients     8 directions in 4 x 4 cells, at two scales         .36
/// 168  colours       56 bins of hue and value: whole, upper, lower half .34
///  66  layout        the low frequencies of brightness and colour       .24
///  20  patterns      what the neighbourhood of a pixel looks like       .05
///   2  colourfulness                                                    .01
/// ```
public final class VisualV1 {
    /// name@digest. The digest is that of the vector of a fixed picture: a change in the arithmetic
    /// is another model, and a test says so.
    public static final String MODEL_ID = "visual-v1@83b0400d4081";

    /// How many numbers a vector has.
    public static final int DIMENSION = 512;

    static final int EDGE = 128;
    static final Block GRADIENTS = new Block(0, 256);
    static final Block COLOURS = new Block(256, 168);
    static final Block LAYOUT = new Block(424, 66);
    static final Block PATTERNS = new Block(490, 20);
    static final Block COLOURFULNESS = new Block(510, 2);

    private static final double GRADIENTS_WEIGHT = .36;
    private static final double COLOURS_WEIGHT = .34;
    private static final double LAYOUT_WEIGHT = .24;
    private static final double PATTERNS_WEIGHT = .05;
    private static final double COLOURFULNESS_WEIGHT = .01;

    private VisualV1() {}

    /// The vector of a picture, of length 1. The same picture gives the same bits, on any thread
    /// and any machine.
    public static float[] vector(Picture picture) {
        float[][] rgb = Resize.planes(picture, EDGE, EDGE);
        float[] luma = new float[EDGE * EDGE];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = .299f * rgb[0][i] + .587f * rgb[1][i] + .114f * rgb[2][i];
        }
        float[] vector = new float[DIMENSION];
        Gradients.write(luma, vector, GRADIENTS);
        Colours.write(rgb, vector, COLOURS);
        Layout.write(rgb, luma, vector, LAYOUT);
        Patterns.write(luma, vector, PATTERNS);
        Colourfulness.write(rgb, vector, COLOURFULNESS);
        GRADIENTS.scale(vector, Math.sqrt(GRADIENTS_WEIGHT));
        COLOURS.scale(vector, Math.sqrt(COLOURS_WEIGHT));
        LAYOUT.scale(vector, Math.sqrt(LAYOUT_WEIGHT));
        PATTERNS.scale(vector, Math.sqrt(PATTERNS_WEIGHT));
        COLOURFULNESS.scale(vector, Math.sqrt(COLOURFULNESS_WEIGHT));
        new Block(0, DIMENSION).scale(vector, 1);
        return vector;
    }

    /// Every plane made smaller by a whole factor, each pixel the mean of a square.
    static float[] reduced(float[] plane, int edge, int factor) {
        int small = edge / factor;
        float[] reduced = new float[small * small];
        float share = 1f / (factor * factor);
        for (int y = 0; y < small * factor; y++) {
            int row = y / factor * small;
            for (int x = 0; x < small * factor; x++) {
                reduced[row + x / factor] += plane[y * edge + x] * share;
            }
        }
        return reduced;
    }
}
