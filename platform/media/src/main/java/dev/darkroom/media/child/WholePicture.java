package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import java.util.Locale;

/// The pictures that a decoder keeps whole, whatever size is wanted: what they need is known from
/// the header, and a child need not die of it.
final class WholePicture {

    /// What a child may have, set by its command line.
    private static final long LIMIT = Long.getLong("darkroom.media.memory", Long.MAX_VALUE);

    /// What it has in use before.
    private static final long OWN = 128L << 20;

    /// The bit that says colour is the number of channels that colour adds to grey.
    private static final int TWO_MORE = 2;

    private WholePicture() {}

    static void requireRoom(MediaFile file, ContentType type, PictureHeader header)
            throws UnreadableMedia {
        long bytes =
                switch (type.mimeType()) {
                    case "image/jpeg" -> coefficients(file);
                    case "image/png" -> rows(file, header);
                    default -> 0;
                };
        if (bytes > LIMIT - OWN) {
            throw new UnreadableMedia(
                    String.format(
                            Locale.ROOT,
                            "it needs %,d MB of memory, as a %s is read whole, and one file may have"
                                    + " %,d; raise darkroom.media.memory-limit if such files are"
                                    + " worth it",
                            bytes >> 20,
                            type.equals(ContentType.JPEG) ? "progressive JPEG" : "interlaced PNG",
                            (LIMIT - OWN) >> 20));
        }
    }

    /// Two bytes each, until the last scan has come.
    private static long coefficients(MediaFile file) {
        JpegFrame frame = JpegFrame.at(file, 0).orElse(null);
        return frame == null || (frame.marker() & 3) != 2 ? 0 : 2 * frame.samples();
    }

    private static long rows(MediaFile file, PictureHeader header) {
        int depth = file.u8(24);
        int colour = file.u8(25);
        boolean interlaced = file.u8(28) == 1;
        int channels = 1 + (colour & TWO_MORE) + ((colour >> 2) & 1);
        long pixels = (long) header.width() * header.height();
        return interlaced ? pixels * channels * (depth == 16 ? 2 : 1) : 0;
    }
}
