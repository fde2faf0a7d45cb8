package dev.darkroom.media.child;

import dev.darkroom.media.Fit;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import java.util.Comparator;
import java.util.List;

/// How one wanted size comes out of a picture: first its longer edge becomes `reach`, and then,
/// where the size is to be filled, a square is cut out of the middle.
///
/// @param reach the longer edge before anything is cut off
record Fitting(RenderSize size, int reach) {

    /// All sizes from the largest to the smallest, as a cascade makes them.
    ///
    /// @param width of the picture, 0 where nobody knows it yet
    static List<Fitting> of(RenderRequest wanted, int width, int height) {
        return wanted.sizes().stream()
                .map(size -> new Fitting(size, edge(size, width, height)))
                .sorted(Comparator.comparingInt(Fitting::reach).reversed())
                .toList();
    }

    boolean isCut() {
        return size.fit() == Fit.COVER;
    }

    /// The edge of the square that is cut out of a picture which has its reach.
    int square(int width, int height) {
        return Math.min(size.maxEdge(), Math.min(width, height));
    }

    private static int edge(RenderSize size, int width, int height) {
        int shorter = Math.min(width, height);
        if (size.fit() == Fit.INSIDE || shorter < 1) {
            return size.maxEdge();
        }
        long edge = Math.min(size.maxEdge(), shorter);
        return (int) Math.ceilDiv(Math.max(width, height) * edge, shorter);
    }
}
