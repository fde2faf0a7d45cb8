package dev.darkroom.media.child.jpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The compressed data of a picture, freed from the bytes that keep markers apart from it, and cut
/// where restart markers stood.
///
/// Reusable: one picture after the other is read into the same memory.
final class EntropyData {

    /// Zero bytes after the data: more than a unit of blocks can take, so that a reader need look
    /// for the end only once in a unit.
    private static final int MARGIN = 8 * 1024;

    private static final int KEPT = 32 * 1024 * 1024;
    private static final long LARGEST = 1024 * 1024 * 1024;

    private static final ValueLayout.OfLong IN =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle OUT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[0];
    private int[] starts = new int[16];
    private int segments;
    private int length;

    /// Reads until the marker that ends the picture.
    ///
    /// @throws UnusualJpeg when another one comes first, or none
    void read(MemorySegment file, long from) throws UnusualJpeg {
        long end = file.byteSize();
        if (end - from > LARGEST) {
            throw new UnusualJpeg("more than a gigabyte of data");
        }
        if (bytes.length > KEPT) {
            bytes = new byte[0];
        }
        segments = 0;
        length = 0;
        begin();
        long at = from;
        while (true) {
            at = copy(file, at, end);
            if (at + 1 >= end) {
                throw new UnusualJpeg("the data has no end");
            }
            int marker = file.get(ValueLayout.JAVA_BYTE, at + 1) & 0xff;
            if (marker == 0) {
                bytes[length++] = (byte) 0xff;
                at += 2;
            } else if (marker >= 0xd0 && marker <= 0xd7) {
                if (marker != 0xd0 + (segments - 1 & 7)) {
                    throw new UnusualJpeg("restart markers are not in order");
                }
                begin();
                at += 2;
            } else if (marker == 0xff) {
                at++;
            } else if (marker == 0xd9) {
                break;
            } else {
                throw new UnusualJpeg("marker %02x in the data".formatted(marker));
            }
        }
        reserve(MARGIN);
        Arrays.fill(bytes, length, length + MARGIN, (byte) 0);
    }

    byte[] bytes() {
        return bytes;
    }

    int segments() {
        return segments;
    }

    int start(int segment) {
        return starts[segment];
    }

    int end(int segment) {
        return segment + 1 < segments ? starts[segment + 1] : length;
    }

    private void begin() {
        if (segments == starts.length) {
            starts = Arrays.copyOf(starts, segments * 2);
        }
        starts[segments++] = length;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, length + Math.max(length / 2, 64 * 1024) + more);
        }
    }

    /// Copies up to the next 0xff, eight bytes at a time.
    ///
    /// @return where that is, or the end
    private long copy(MemorySegment file, long from, long end) {
        long at = from;
        int to = length;
        while (at + Long.BYTES <= end) {
            if (to > bytes.length - 2 * Long.BYTES) {
                length = to;
                reserve(2 * Long.BYTES);
            }
            long eight = file.get(IN, at);
            OUT.set(bytes, to, eight);
            // The lowest 0x80 that is set marks the first byte of ones.
            long ones = (~eight - 0x0101010101010101L) & eight & 0x8080808080808080L;
            if (ones != 0) {
                int before = Long.numberOfTrailingZeros(ones) >>> 3;
                length = to + before;
                return at + before;
            }
            at += Long.BYTES;
            to += Long.BYTES;
        }
        length = to;
        reserve(2 * Long.BYTES);
        while (at < end && file.get(ValueLayout.JAVA_BYTE, at) != (byte) 0xff) {
            bytes[length++] = file.get(ValueLayout.JAVA_BYTE, at++);
        }
        return at;
    }
}
