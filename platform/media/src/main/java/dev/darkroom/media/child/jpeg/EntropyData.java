package dev.darkroom.media.child.jpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The compressed data of a picture, a window of it at a time, freed from restart markers and from
/// the bytes that keep markers apart from it. What lies between two restart markers is a segment,
/// and begins where the one before it ends.
final class EntropyData {

    /// More than [BlockReader#MOST] blocks can take, each coefficient with 27 bits.
    static final int ROOM = 14 * 1024;

    static final int SIZE = 128 * 1024;

    /// What may be looked at behind the end.
    private static final int AHEAD = 2 * 64;

    /// As far as it is filled; at most one byte more.
    private static final int FULL = SIZE - 1;

    /// Kept before the position: what the reader has looked at, but not taken.
    private static final int BEHIND = Long.BYTES;

    /// Segments whose end is known at the same time.
    private static final int MOST_SEGMENTS = 1024;

    /// The bytes; what is behind their end is left from another time.
    static final byte[] WINDOW = new byte[SIZE + AHEAD];

    /// No place in the window has other bits.
    static final int ANY = SIZE - 1;

    private static final int END_OF_IMAGE = 0xd9;
    private static final int RESTART = 0xd0;

    private static final ValueLayout.OfLong IN =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle OUT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment file;
    private final long begin;
    private final long size;
    private long at;
    private int length;

    /// Where segments end.
    private final int[] ends = new int[MOST_SEGMENTS];

    /// The one of these that is being read, and how many there are from it on.
    private int current;

    private int known;

    /// Restart markers that have been seen.
    private int restarts;

    /// Whether the end of the picture is in the window.
    private boolean last;

    EntropyData(MemorySegment file, long from) throws UnusualJpeg {
        this.file = file;
        this.size = file.byteSize();
        this.begin = from;
        this.at = from;
        fill();
    }

    /// All bytes behind the header, the window's and those that have not been read.
    long size() {
        return size - begin;
    }

    /// Goes on behind a restart marker.
    ///
    /// @return the position there
    int next() throws UnusualJpeg {
        if (known == 0 || (last && known == 1)) {
            throw new UnusualJpeg("a restart marker is missing");
        }
        known--;
        return ends[current++];
    }

    /// Whether the picture's last segment is being read.
    boolean complete() {
        return last && known == 1;
    }

    /// Makes sure that what can be read at once is in the window.
    ///
    /// @return where the position is now
    int reserve(int position) throws UnusualJpeg {
        return known > 0 || length - position >= ROOM ? position : refill(position);
    }

    /// Makes sure that as much as possible is in the window.
    ///
    /// @return where the position is now
    int refill(int position) throws UnusualJpeg {
        int from = Math.max(0, position - BEHIND);
        length -= from;
        System.arraycopy(WINDOW, from, WINDOW, 0, length);
        for (int i = 0; i < known; i++) {
            ends[i] = ends[current + i] - from;
        }
        current = 0;
        fill();
        return position - from;
    }

    /// Where the segment ends; far away as long as that is not in the window.
    int end() {
        return known > 0 ? ends[current] : Integer.MAX_VALUE;
    }

    /// Segments whose end is in the window.
    int known() {
        return known;
    }

    /// Where one of those ends.
    ///
    /// @param segment 0 for the one that is being read
    int end(int segment) {
        return ends[current + segment];
    }

    /// Whether nothing is left but what is in the window.
    boolean whole() {
        return last;
    }

    /// Bytes in the window.
    int length() {
        return length;
    }

    /// Copies until the window is full or the picture is at its end.
    private void fill() throws UnusualJpeg {
        while (!last && current + known < MOST_SEGMENTS && copy()) {
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
            } else if (next == END_OF_IMAGE || next == RESTART + (restarts & 7)) {
                ends[current + known++] = length;
                restarts++;
                last = next == END_OF_IMAGE;
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
