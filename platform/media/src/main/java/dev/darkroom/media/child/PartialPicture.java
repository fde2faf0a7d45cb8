package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;

/// Judges a JPEG that was cut off: decoders fill the part that is missing with one flat colour.
///
/// A person would rather see three quarters of a picture than a broken symbol, but not a grey
/// rectangle.
final class PartialPicture {

    private static final double LEAST = 0.1;
    private static final int NOISE = 6;

    private PartialPicture() {}

    /// The warning for a picture worth keeping.
    ///
    /// @param stored as decoded, not yet turned upright
    /// @throws UnreadableMedia when too little of it is there
    static String accept(Pixels stored) throws UnreadableMedia {
        int rows = stored.height();
        while (rows > 0 && isFlat(stored, rows - 1)) {
            rows--;
        }
        double there = (double) rows / stored.height();
        if (there < LEAST) {
            throw new UnreadableMedia("JPEG is cut off: almost nothing of the picture is there");
        }
        return "the file is cut off; about "
                + Math.round(there * 100)
                + " % of the picture is there";
    }

    private static boolean isFlat(Pixels picture, int row) {
        int from = row * picture.width();
        int first = picture.argb()[from];
        for (int i = from; i < from + picture.width(); i++) {
            int pixel = picture.argb()[i];
            if (far(first, pixel, 16) || far(first, pixel, 8) || far(first, pixel, 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean far(int a, int b, int shift) {
        return Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)) > NOISE;
    }
}
