package dev.darkroom.media.child.jpeg;

/// Arithmetic on rows of numbers: a handful of operations that everything here is made of, done in
/// the processor's vectors where they are available.
///
/// Every length is a multiple of [#WIDTH]. Without the vector module the same loops run in plain
/// Java, which rounds a last bit differently at most.
final class Lanes {

    /// The most numbers that any processor's vector holds.
    static final int WIDTH = 16;

    /// Rows and columns of what is turned at once.
    static final int SQUARE = 8;

    /// After so many millions of pixels vectors are used: by then plain Java has cost about as much
    /// more as vectors cost once, a second or two until they are compiled. Set by the command line
    /// of a child that has the vector module.
    static final String PROPERTY = "darkroom.media.vectors-after";

    private static long plainPixels = Integer.getInteger(PROPERTY, Integer.MAX_VALUE) * 1_000_000L;

    private static boolean vectors = plainPixels == 0 && VectorLanes.fast();

    private Lanes() {}

    /// Counts before a picture is read.
    static void nextPicture(long pixels) {
        if (plainPixels > 0) {
            plainPixels = Math.max(0, plainPixels - pixels);
            vectors = plainPixels == 0 && VectorLanes.fast();
        }
    }

    /// Whether [LaneReader] is faster than [BlockReader]: not without vectors of sixteen numbers.
    static boolean readStretches() {
        return vectors && VectorLanes.widest();
    }

    static int padded(int length) {
        return (length + WIDTH - 1) / WIDTH * WIDTH;
    }

    /// Adds up rows, each with its weight.
    ///
    /// @param stride from one row to the next
    static void sum(
            float[] rows,
            int from,
            int stride,
            float[] weights,
            int weight,
            int count,
            float[] to,
            int at,
            int length) {
        if (vectors) {
            VectorLanes.sum(rows, from, stride, weights, weight, count, to, at, length);
        } else {
            PlainLanes.sum(rows, from, stride, weights, weight, count, to, at, length);
        }
    }

    /// The cosine transform of eight rows, column by column: eight rows of frequencies.
    ///
    /// @param stride from one row to the next, on both sides
    static void cosine(float[] rows, int from, int stride, float[] to, int at, int length) {
        if (vectors) {
            VectorLanes.cosine(rows, from, stride, to, at, length);
        } else {
            PlainLanes.cosine(rows, from, stride, to, at, length);
        }
    }

    /// Adds up rows that lie anywhere, each with its weight.
    ///
    /// @param places where the rows begin, from index `place` on
    static void sumAt(
            float[] rows,
            int[] places,
            int place,
            float[] weights,
            int weight,
            int count,
            float[] to,
            int at,
            int length) {
        if (vectors) {
            VectorLanes.sumAt(rows, places, place, weights, weight, count, to, at, length);
        } else {
            PlainLanes.sumAt(rows, places, place, weights, weight, count, to, at, length);
        }
    }

    /// Makes rows of sixteen numbers: each is the sum of `count` such rows that lie one after the
    /// other, each with its weight.
    ///
    /// @param first which row is the first for each that is made
    static void filter(
            float[] rows, int[] first, float[] weights, int count, float[] to, int length) {
        if (vectors) {
            VectorLanes.filter(rows, first, weights, count, to, length);
        } else {
            PlainLanes.filter(rows, first, weights, count, to, length);
        }
    }

    /// The values of [Marked] numbers, each times its factor, block by block.
    ///
    /// @param sources which blocks; the first begins at `start`, the next one `stride` behind it
    /// @param factors for the numbers of a block, all of which are used
    /// @param targets where their values belong, counted from `at`
    static void dequantise(
            short[] from,
            int start,
            int stride,
            int[] sources,
            int count,
            float[] factors,
            float[] to,
            int at,
            int[] targets) {
        if (vectors) {
            VectorLanes.dequantise(from, start, stride, sources, count, factors, to, at, targets);
        } else {
            PlainLanes.dequantise(from, start, stride, sources, count, factors, to, at, targets);
        }
    }

    /// Keeps everything between 0 and 255.
    static void clamp(float[] values, int from, int length) {
        if (vectors) {
            VectorLanes.clamp(values, from, length);
        } else {
            PlainLanes.clamp(values, from, length);
        }
    }

    /// From samples of 0 to 255, and adds the offset.
    static void widen(byte[] from, int start, float offset, float[] to, int at, int length) {
        if (vectors) {
            VectorLanes.widen(from, start, offset, to, at, length);
        } else {
            PlainLanes.widen(from, start, offset, to, at, length);
        }
    }

    /// To the nearest samples of 0 to 255.
    static void narrow(float[] from, int start, byte[] to, int at, int length) {
        if (vectors) {
            VectorLanes.narrow(from, start, to, at, length);
        } else {
            PlainLanes.narrow(from, start, to, at, length);
        }
    }

    /// Multiplies the 64 frequencies of each block, and rounds them to the nearest whole number,
    /// halves away from zero.
    ///
    /// @param frequencies and their factors row by row; one block beside the other
    /// @param to in zigzag order
    /// @param present a bit for each number that is not zero: first 32 for every block, then 32
    ///   more
    static void quantise(
            float[] frequencies, float[] factors, int stride, short[] to, int[] present) {
        if (vectors) {
            VectorLanes.quantise(frequencies, factors, stride, to, present);
        } else {
            PlainLanes.quantise(frequencies, factors, stride, to, present);
        }
    }

    /// Lays squares of eight by eight on their sides: rows become columns.
    ///
    /// @param stride from one row of a square to the next
    /// @param step from one square to the next
    static void turn(
            float[] from,
            int start,
            int stride,
            int step,
            float[] to,
            int at,
            int toStride,
            int toStep,
            int squares) {
        if (vectors) {
            VectorLanes.turn(from, start, stride, step, to, at, toStride, toStep, squares);
        } else {
            PlainLanes.turn(from, start, stride, step, to, at, toStride, toStep, squares);
        }
    }
}
