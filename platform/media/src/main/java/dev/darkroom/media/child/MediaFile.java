package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.kernel.Kernel;
import dev.darkroom.media.kernel.OpenFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of one file, mapped into memory; after opening, whatever fails is the content's fault.
///
/// Numbers beyond the end read as -1, so that a parser's checks are plain comparisons.
final class MediaFile implements AutoCloseable {

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private final Path path;
    private final Arena arena;
    private final MemorySegment bytes;

    private MediaFile(Path path, Arena arena, MemorySegment bytes) {
        this.path = path;
        this.arena = arena;
        this.bytes = bytes;
    }

    /// @throws IOException when the file cannot be opened
    static MediaFile open(Path path) throws IOException, UnreadableMedia {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size == 0) {
                throw new UnreadableMedia("the file is empty");
            }
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
            return new MediaFile(path, arena, bytes);
        } catch (IOException | UnreadableMedia | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// A file that was opened elsewhere.
    ///
    /// @param path what it is called there
    /// @throws IOException when it is no file that can be mapped
    static MediaFile of(Path path, OpenFile opened) throws IOException, UnreadableMedia {
        Arena arena = Arena.ofShared();
        try {
            long size = opened.size();
            if (size == 0) {
                throw new UnreadableMedia("the file is empty");
            }
            return new MediaFile(path, arena, opened.map(size, arena));
        } catch (Kernel.Refused e) {
            arena.close();
            throw new IOException(e.getMessage(), e);
        } catch (UnreadableMedia | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// A piece of this file as a file of its own, which ends with this one and is not closed.
    MediaFile part(Block block) {
        return new MediaFile(path, arena, bytes.asSlice(block.offset(), block.length()));
    }

    Path path() {
        return path;
    }

    MemorySegment bytes() {
        return bytes;
    }

    long size() {
        return bytes.byteSize();
    }

    boolean has(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= size() - length;
    }

    int u8(long offset) {
        return has(offset, 1) ? bytes.get(BYTE, offset) & 0xff : -1;
    }

    int u16(long offset, boolean little) {
        if (!has(offset, 2)) {
            return -1;
        }
        return little ? u8(offset) | u8(offset + 1) << 8 : u8(offset) << 8 | u8(offset + 1);
    }

    int u16(long offset) {
        return u16(offset, false);
    }

    long u32(long offset, boolean little) {
        if (!has(offset, 4)) {
            return -1;
        }
        long first = u16(offset, little);
        long second = u16(offset + 2, little);
        return little ? first | second << 16 : first << 16 | second;
    }

    long u32(long offset) {
        return u32(offset, false);
    }

    /// Eight bytes as a number; those too large for a long read as -1 too.
    long u64(long offset, boolean little) {
        if (!has(offset, 8)) {
            return -1;
        }
        long first = u32(offset, little);
        long second = u32(offset + 4, little);
        long value = little ? first | second << 32 : first << 32 | second;
        return value < 0 ? -1 : value;
    }

    /// Latin-1 text; shorter at the end of the file.
    String text(long offset, int length) {
        if (offset < 0 || offset >= size()) {
            return "";
        }
        int there = (int) Math.min(length, size() - offset);
        return new String(copy(offset, there), StandardCharsets.ISO_8859_1);
    }

    boolean startsWith(long offset, String text) {
        return text(offset, text.length()).equals(text);
    }

    byte[] copy(long offset, int length) {
        return bytes.asSlice(offset, length).toArray(BYTE);
    }

    /// The content as a stream that supports mark and skips for free.
    InputStream stream() {
        return new SegmentStream(bytes);
    }

    @Override
    public void close() {
        arena.close();
    }

    private static final class SegmentStream extends InputStream {
        private final MemorySegment bytes;
        private long at;
        private long mark;

        SegmentStream(MemorySegment bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return at < bytes.byteSize() ? bytes.get(BYTE, at++) & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (at >= bytes.byteSize()) {
                return -1;
            }
            int count = (int) Math.min(length, bytes.byteSize() - at);
            MemorySegment.copy(bytes, BYTE, at, target, offset, count);
            at += count;
            return count;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, bytes.byteSize() - at));
            at += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, bytes.byteSize() - at);
        }

        @Override
        public boolean markSupported() {
            return true;
        }

        @Override
        public synchronized void mark(int limit) {
            mark = at;
        }

        @Override
        public synchronized void reset() {
            at = mark;
        }
    }
}
