package dev.darkroom.media.child;

import org.jspecify.annotations.Nullable;

/// The headers of a Matroska or WebM file, where FFmpeg is not there to read them: how long it is,
/// and how large its picture.
///
/// An element is an id, a length and a body, and all that is wanted lies before the first cluster.
final class Matroska {

    private static final long SEGMENT = 0x18538067L;
    private static final long INFO = 0x1549a966L;
    private static final long TICK = 0x2ad7b1L;
    private static final long DURATION = 0x4489L;
    private static final long TRACKS = 0x1654ae6bL;
    private static final long TRACK = 0xaeL;
    private static final long VIDEO = 0xe0L;
    private static final long WIDTH = 0xb0L;
    private static final long HEIGHT = 0xbaL;
    private static final long CLUSTER = 0x1f43b675L;

    private static final double NANOSECONDS = 1e9;
    private static final long USUAL_TICK = 1_000_000;
    private static final int MOST_ELEMENTS = 10_000;

    private final MediaFile file;
    private int elements;
    private long tick = USUAL_TICK;
    private @Nullable Double ticks;
    private int width;
    private int height;

    private Matroska(MediaFile file) {
        this.file = file;
    }

    /// Adds what the headers say.
    static void describe(MediaFile file, FactSheet sheet) {
        Matroska headers = new Matroska(file);
        headers.read(0, file.size());
        if (headers.ticks != null) {
            sheet.duration(headers.ticks * headers.tick / NANOSECONDS);
        }
        if (headers.width > 0 && headers.height > 0) {
            sheet.track(headers.width, headers.height, 0);
        }
    }

    private void read(long from, long end) {
        long at = from;
        while (at < end && elements++ < MOST_ELEMENTS) {
            int idLength = length(at);
            long id = number(at, idLength);
            int sizeLength = length(at + idLength);
            if (idLength > 4 || sizeLength > 8 || id == CLUSTER) {
                return;
            }
            long unknown = (1L << (7 * sizeLength)) - 1;
            long size = number(at + idLength, sizeLength) & unknown;
            long body = at + idLength + sizeLength;
            long bodyEnd = size == unknown || size > end - body ? end : body + size;
            element(id, body, bodyEnd);
            at = bodyEnd;
        }
    }

    private void element(long id, long body, long end) {
        int length = (int) Math.min(8, end - body);
        if (id == SEGMENT || id == INFO || id == TRACKS || id == TRACK || id == VIDEO) {
            read(body, end);
        } else if (id == TICK) {
            tick = number(body, length);
        } else if (id == DURATION && (length == 4 || length == 8)) {
            double value =
                    length == 4
                            ? Float.intBitsToFloat((int) number(body, 4))
                            : Double.longBitsToDouble(number(body, 8));
            ticks = value >= 0 && value < 1e15 ? value : null;
        } else if (id == WIDTH && width == 0) {
            width = Math.clamp(number(body, length), 0, Integer.MAX_VALUE);
        } else if (id == HEIGHT && height == 0) {
            height = Math.clamp(number(body, length), 0, Integer.MAX_VALUE);
        }
    }

    /// The position of the first bit that is set says how many bytes a number has.
    private int length(long at) {
        return file.has(at, 1) ? Integer.numberOfLeadingZeros(file.u8(at)) - 23 : Integer.MAX_VALUE;
    }

    private long number(long at, int length) {
        long number = 0;
        for (int i = 0; i < Math.min(8, length); i++) {
            number = (number << 8) | (file.has(at + i, 1) ? file.u8(at + i) : 0);
        }
        return number;
    }
}
