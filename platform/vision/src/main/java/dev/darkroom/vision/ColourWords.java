package dev.darkroom.vision;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// English words for colours, as vectors of [VisualV1]: each names bins of the colour histogram.
///
/// This finds pictures that have much of a colour. No other word means anything here.
public final class ColourWords {
    /// A strong and bright colour counts full, its pale and dark neighbours less.
    private static final float VIVID = 1;

    private static final float PALE = .15f;
    private static final float DARK = .12f;
    private static final float DULL = .05f;

    /// By hue: 30 degrees each, from 0 to 11; bin 0 is between red and orange.
    private static final Map<String, int[]> HUES =
            Map.ofEntries(
                    Map.entry("red", new int[] {11, 0}),
                    Map.entry("orange", new int[] {0, 1}),
                    Map.entry("yellow", new int[] {1, 2}),
                    Map.entry("lime", new int[] {2, 3}),
                    Map.entry("green", new int[] {2, 3, 4}),
                    Map.entry("turquoise", new int[] {5}),
                    Map.entry("teal", new int[] {5, 6}),
                    Map.entry("cyan", new int[] {5, 6}),
                    Map.entry("blue", new int[] {6, 7, 8}),
                    Map.entry("violet", new int[] {8, 9}),
                    Map.entry("purple", new int[] {9}),
                    Map.entry("magenta", new int[] {9, 10}),
                    Map.entry("pink", new int[] {10, 11}),
                    Map.entry("brown", new int[] {0, 1}));

    private static final Map<String, int[]> GREYS =
            Map.of(
                    "black", new int[] {0},
                    "grey", new int[] {3, 4},
                    "white", new int[] {7});

    private static final Map<String, String> ALSO =
            Map.of("gray", "grey", "light", "bright", "colorful", "colourful");

    private static final int[] NONE = {};

    private static final Set<String> TONES = Set.of("dark", "bright", "pale", "colourful");

    private ColourWords() {}

    /// The vector for the colours in a text, if there is one.
    public static Optional<ColourQuery> query(String text) {
        List<String> words = new ArrayList<>();
        for (String part : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1)) {
            String word = ALSO.getOrDefault(part, part);
            if (HUES.containsKey(word) || GREYS.containsKey(word) || TONES.contains(word)) {
                words.add(word);
            }
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(query(words));
    }

    private static ColourQuery query(List<String> words) {
        float[] bins = new float[Colours.BINS];
        Set<String> tones = new HashSet<>(words);
        tones.retainAll(TONES);
        for (String word : words) {
            for (int hue : HUES.getOrDefault(word, NONE)) {
                add(bins, hue, tones, word.equals("brown"));
            }
            for (int grey : GREYS.getOrDefault(word, NONE)) {
                bins[grey] += VIVID;
            }
        }
        if (tones.size() == new HashSet<>(words).size()) {
            addTones(bins, tones);
        }
        float[] vector = new float[VisualV1.DIMENSION];
        Colours.write(bins, bins, bins, vector, VisualV1.COLOURS);
        if (tones.contains("colourful")) {
            VisualV1.COLOURS.scale(vector, .5);
            Colourfulness.point(1, vector, VisualV1.COLOURFULNESS);
        }
        new Block(0, VisualV1.DIMENSION).scale(vector, 1);
        return new ColourQuery(words, vector);
    }

    private static void add(float[] bins, int hue, Set<String> tones, boolean brown) {
        boolean dark = brown || tones.contains("dark");
        boolean pale = tones.contains("pale") || tones.contains("bright");
        bins[Colours.bin(hue, true, true)] += dark ? 0 : pale ? PALE : VIVID;
        bins[Colours.bin(hue, false, true)] += dark ? 0 : pale ? VIVID : PALE;
        bins[Colours.bin(hue, true, false)] += dark ? VIVID : pale ? 0 : DARK;
        bins[Colours.bin(hue, false, false)] += dark ? DARK : pale ? 0 : DULL;
    }

    /// A tone by itself means the picture as a whole.
    private static void addTones(float[] bins, Set<String> tones) {
        for (int grey = 0; grey < Colours.GREYS; grey++) {
            boolean lower = grey < Colours.GREYS / 4;
            boolean upper = grey >= Colours.GREYS - Colours.GREYS / 4;
            bins[grey] += tones.contains("dark") && lower ? VIVID : 0;
            bins[grey] += (tones.contains("bright") || tones.contains("pale")) && upper ? VIVID : 0;
        }
        for (int hue = 0; hue < Colours.HUES; hue++) {
            bins[Colours.bin(hue, false, false)] += tones.contains("dark") ? DULL : 0;
            bins[Colours.bin(hue, false, true)] +=
                    tones.contains("bright") || tones.contains("pale") ? DULL : 0;
            bins[Colours.bin(hue, true, true)] += tones.contains("colourful") ? VIVID : 0;
        }
    }
}
