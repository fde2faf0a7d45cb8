package dev.darkroom.vision;

/// Which colours a picture has: a histogram of the whole, of its upper and of its lower half.
///
/// Each has 56 bins: eight greys from black to white; then twelve hues, each pale or strong, each
/// dark or bright. A pixel counts for the bins around it, so a small change of colour is a small
/// change of the histogram.
final class Colours {
    static final int GREYS = 8;
    static final int HUES = 12;
    static final int BINS = GREYS + 4 * HUES;

    /// How much of a colour there must be for a pixel to be any: below the first none, above the
    /// sum fully.
    private static final float GREY_UP_TO = .06f;

    private static final float COLOURED_AFTER = .10f;

    private Colours() {}

    static void write(float[][] rgb, float[] vector, Block block) {
        int edge = VisualV1.EDGE;
        float[] upper = new float[BINS];
        float[] lower = new float[BINS];
        for (int i = 0; i < edge * edge; i++) {
            count(i < edge * edge / 2 ? upper : lower, rgb[0][i], rgb[1][i], rgb[2][i]);
        }
        float[] whole = new float[BINS];
        for (int i = 0; i < BINS; i++) {
            whole[i] = upper[i] + lower[i];
        }
        write(whole, upper, lower, vector, block);
    }

    /// Writes three histograms as they are compared.
    static void write(float[] whole, float[] upper, float[] lower, float[] vector, Block block) {
        for (int i = 0; i < BINS; i++) {
            vector[block.from() + i] = (float) Math.sqrt(whole[i]);
            vector[block.from() + BINS + i] = (float) Math.sqrt(upper[i]);
            vector[block.from() + 2 * BINS + i] = (float) Math.sqrt(lower[i]);
        }
        block.part(0, BINS).scale(vector, Math.sqrt(.5));
        block.part(BINS, BINS).scale(vector, .5);
        block.part(2 * BINS, BINS).scale(vector, .5);
    }

    /// The bin of a hue: strong or pale, bright or dark.
    static int bin(int hue, boolean strong, boolean bright) {
        return GREYS + 4 * Math.floorMod(hue, HUES) + (strong ? 1 : 0) + (bright ? 2 : 0);
    }

    private static void count(float[] bins, float red, float green, float blue) {
        float most = Math.max(red, Math.max(green, blue));
        float range = most - Math.min(red, Math.min(green, blue));
        float value = most / 255;
        float saturation = most == 0 ? 0 : range / most;
        float coloured = Math.clamp((saturation * value - GREY_UP_TO) / COLOURED_AFTER, 0f, 1f);
        float grey = value * GREYS - .5f;
        int darker = (int) Math.floor(grey);
        float rest = grey - darker;
        bins[Math.clamp(darker, 0, GREYS - 1)] += (1 - coloured) * (1 - rest);
        bins[Math.clamp(darker + 1, 0, GREYS - 1)] += (1 - coloured) * rest;
        if (coloured > 0) {
            float strong = Math.clamp((saturation - .25f) * 2, 0f, 1f);
            float bright = Math.clamp((value - .25f) * 2, 0f, 1f);
            float hue = 2 * sixth(red, green, blue, most, range) - .5f;
            int first = (int) Math.floor(hue);
            float next = hue - first;
            add(bins, first, coloured * (1 - next), strong, bright);
            add(bins, first + 1, coloured * next, strong, bright);
        }
    }

    private static void add(float[] bins, int hue, float share, float strong, float bright) {
        bins[bin(hue, false, false)] += share * (1 - strong) * (1 - bright);
        bins[bin(hue, true, false)] += share * strong * (1 - bright);
        bins[bin(hue, false, true)] += share * (1 - strong) * bright;
        bins[bin(hue, true, true)] += share * strong * bright;
    }

    /// The hue in sixths of the circle, from red over green and blue.
    private static float sixth(float red, float green, float blue, float most, float range) {
        if (most == red) {
            float hue = (green - blue) / range;
            return hue < 0 ? hue + 6 : hue;
        }
        return most == green ? (blue - red) / range + 2 : (red - green) / range + 4;
    }
}
