package dev.darkroom.media.child.jpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The compressed data of a picture, a window of it at a time, freed from the bytes that keep
/// markers apart from it. Between two restart markers is a segment, which has a window of its own.
final class EntropyData {

    /// More than [BlockReader#MOST] blocks can take, each coefficient with 27 bits.
    private static final int ROOM = 14 * 1024;

    private static final int SIZE = 64 * 1024;

    /// As far as it is filled; at most one byte more.
    private static final int FULL = SIZE - 1;

    /// Kept before the position: what the reader has looked at, but not taken.
    private static final int BEHIND = Long.BYTES;

    /// The bytes; what is behind their end is left from another time.
    static final byte[] WINDOW = new byte[SIZE + Long.BYTES];

    /// No place in the window has other bits.
    static final int ANY = SIZE - 1;

    private static final int END_OF_IMAGE = 0xd9;
    private static final int RESTART = 0xd0;

    private static final ValueLayout.OfLong IN =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle OUT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment file;
    private final long size;
    private long at;
    private int length;
    private int segments;

    /// The marker that ends the segment; 0 while it has not been seen.
    private int marker;

    EntropyData(MemorySegment file, long from) throws UnusualJpeg {
        this.file = file;
        this.size = file.byteSize();
        this.at = from;
        fill();
    }

    /// Goes on behind a restart marker; the position is 0 again.
    void next() throws UnusualJpeg {
        if (marker != RESTART + (segments & 7)) {
            throw new UnusualJpeg("a restart marker is missing");
        }
        segments++;
        marker = 0;
        length = 0;
        fill();
    }

    /// Whether the picture's last segment has been read.
    boolean complete() {
        return marker == END_OF_IMAGE;
    }

    /// Makes sure that what can be read at once is in the window.
    ///
    /// @return where the position is now
    int reserve(int position) throws UnusualJpeg {
        if (marker != 0 || length - position >= ROOM) {
            return position;
        }
        int from = Math.max(0, position - BEHIND);
        length -= from;
        System.arraycopy(WINDOW, from, WINDOW, 0, length);
        fill();
        return position - from;
    }

    /// Where the segment ends; far away as long as that is not in the window.
    int end() {
        return marker != 0 ? length : Integer.MAX_VALUE;
    }

    /// Copies until the window is full or the segment is at its end.
    private void fill() throws UnusualJpeg {
        while (marker == 0 && copy()) {
            if (at + 1 >= size) {
                throw new UnusualJpeg("the data has no end");
            }
            int next = file.get(ValueLayout.JAVA_BYTE, at + 1) & 0xff;
            if (next == 0xff) {
                at++;
                continue;
            }
            at += 2;
            if (next == 0) {
                WINDOW[length++] = (byte) 0xff;
            } else if (next == END_OF_IMAGE || (next & 0xf8) == RESTART) {
                marker = next;
            } else {
                throw new UnusualJpeg("marker %02x in the data".formatted(next));
            }
        }
    }

    /// Copies up to the next 0xff.
    ///
    /// @return whether it came so far, or to the end of the file; else the window is full
    private boolean copy() {
        int copied = copyEights(file, at, length, (int) Math.min(FULL - length, size - at));
        at += copied;
        length += copied;
        while (length < FULL && at < size && file.get(ValueLayout.JAVA_BYTE, at) != (byte) 0xff) {
            WINDOW[length++] = file.get(ValueLayout.JAVA_BYTE, at++);
        }
        return length < FULL;
    }

    /// Copies until 0xff, or until fewer than eight bytes are left. Touches no field, which would
    /// take twice the time.
    private static int copyEights(MemorySegment file, long from, int to, int most) {
        for (int done = 0; done <= most - Long.BYTES; done += Long.BYTES) {
            long eight = file.get(IN, from + done);
            OUT.set(WINDOW, to + done, eight);
            // The lowest 0x80 that is set marks the first byte of ones.
            long ones = (~eight - 0x0101010101010101L) & eight & 0x8080808080808080L;
            if (ones != 0) {
                return done + (Long.numberOfTrailingZeros(ones) >>> 3);
            }
        }
        return most & -Long.BYTES;
    }
}
