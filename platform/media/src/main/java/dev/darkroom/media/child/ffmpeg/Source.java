package dev.darkroom.media.child.ffmpeg;

import java.lang.foreign.MemorySegment;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/// The one file that FFmpeg reads at the moment, out of memory: it is given no path and no address.
///
/// A child answers one question at a time, and the callbacks are made once, because each new one
/// costs native code.
@SuppressWarnings("restricted") // copies into buffers that FFmpeg has allocated
final class Source {

    private static final int BUFFER = 64 * 1024;
    private static final Read READ = new Read();
    private static final Seek SEEK = new Seek();

    private static MemorySegment bytes = MemorySegment.NULL;
    private static Gap gap = Gap.NONE;
    private static long at;

    private Source() {}

    /// Makes these bytes the file that is read, from its beginning.
    static AVIOContext open(MemorySegment file, Gap leftOut) throws AvFailed {
        bytes = file;
        gap = leftOut;
        at = 0;
        BytePointer buffer = new BytePointer(avutil.av_malloc(BUFFER));
        AVIOContext io = avformat.avio_alloc_context(buffer, BUFFER, 0, null, READ, null, SEEK);
        if (io == null || io.isNull()) {
            throw new AvFailed("no memory for reading");
        }
        return io;
    }

    static void close(AVIOContext io) {
        bytes = MemorySegment.NULL;
        avutil.av_free(io.buffer());
        avformat.avio_context_free(io);
    }

    private static long size() {
        return bytes.byteSize() - gap.length();
    }

    private static final class Read extends Read_packet_Pointer_BytePointer_int {
        @Override
        public int call(Pointer opaque, BytePointer target, int size) {
            boolean before = at < gap.from();
            long count = Math.min(size, (before ? gap.from() : size()) - at);
            if (count <= 0) {
                return avutil.AVERROR_EOF;
            }
            MemorySegment.copy(
                    bytes,
                    before ? at : at + gap.length(),
                    MemorySegment.ofAddress(target.address()).reinterpret(count),
                    0,
                    count);
            at += count;
            return (int) count;
        }
    }

    private static final class Seek extends Seek_Pointer_long_int {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
            long target =
                    switch (whence & ~avformat.AVSEEK_FORCE) {
                        case 0 -> offset;
                        case 1 -> at + offset;
                        case 2 -> size() + offset;
                        default -> -1;
                    };
            if ((whence & avformat.AVSEEK_SIZE) != 0) {
                return size();
            }
            if (target < 0 || target > size()) {
                return -1;
            }
            at = target;
            return at;
        }
    }
}
