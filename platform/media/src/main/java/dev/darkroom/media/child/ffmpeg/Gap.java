package dev.darkroom.media.child.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Bytes of a file that are left out, as if they were not there.
///
/// @param from where they begin
/// @param to where the file goes on; the same when there are none
record Gap(long from, long to) {

    static final Gap NONE = new Gap(0, 0);

    private static final ValueLayout.OfLong NUMBER =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long DATA = 0x11cf668e75b22636L;
    private static final long DATA_REST = 0x6cce6200aa00d9a6L;
    private static final int LENGTH_AT = 16;
    private static final int FURTHEST = 64 * 1024;

    /// What some taggers leave behind a WMA file's header when they make it shorter. Players that
    /// look for the sound do not mind; FFmpeg expects it right behind the header.
    static Gap behindAsfHeader(MemorySegment file) {
        if (file.byteSize() < LENGTH_AT + 2 * Long.BYTES) {
            return NONE;
        }
        long header = file.get(NUMBER, LENGTH_AT);
        for (long at = Math.max(0, header);
                at <= file.byteSize() - 2 * Long.BYTES && at - header <= FURTHEST;
                at++) {
            if (file.get(NUMBER, at) == DATA && file.get(NUMBER, at + Long.BYTES) == DATA_REST) {
                return new Gap(header, at);
            }
        }
        return NONE;
    }

    long length() {
        return to - from;
    }
}
