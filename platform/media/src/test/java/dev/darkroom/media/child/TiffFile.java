package dev.darkroom.media.child;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/// A file of TIFF directories, written by hand from its leaves to its root, little-endian.
final class TiffFile {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// @param start the first bytes; the four after the magic number are filled in at the end
    TiffFile(byte[] start) {
        out.writeBytes(start);
    }

    static TiffFile plain() {
        return new TiffFile(new byte[] {'I', 'I', '*', 0, 0, 0, 0, 0});
    }

    /// One entry of a directory.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(int tag, int type, int count, byte[] value) {

        static Entry number(int tag, long value) {
            return longs(tag, value);
        }

        static Entry shorts(int tag, int... values) {
            byte[] bytes = new byte[2 * values.length];
            ByteBuffer writer = little(bytes);
            Arrays.stream(values).forEach(value -> writer.putShort((short) value));
            return new Entry(tag, 3, values.length, bytes);
        }

        static Entry text(int tag, String value) {
            byte[] bytes = (value + "\0").getBytes(StandardCharsets.ISO_8859_1);
            return new Entry(tag, 2, bytes.length, bytes);
        }

        static Entry bytes(int tag, byte... value) {
            return new Entry(tag, 1, value.length, value);
        }

        /// Bytes that lie elsewhere in the file.
        static Entry elsewhere(int tag, int length, long offset) {
            return new Entry(tag, 7, length, longs(tag, offset).value());
        }

        static Entry longs(int tag, long... values) {
            byte[] bytes = new byte[4 * values.length];
            ByteBuffer writer = little(bytes);
            Arrays.stream(values).forEach(value -> writer.putInt((int) value));
            return new Entry(tag, 4, values.length, bytes);
        }

        static Entry fractions(int tag, int... parts) {
            byte[] bytes = new byte[4 * parts.length];
            ByteBuffer writer = little(bytes);
            Arrays.stream(parts).forEach(writer::putInt);
            return new Entry(tag, 5, parts.length / 2, bytes);
        }
    }

    /// Adds bytes and says where they lie.
    long blob(byte[] bytes) {
        long at = out.size();
        out.writeBytes(bytes);
        pad();
        return at;
    }

    /// Adds a directory and says where it lies.
    ///
    /// @param next the directory after it, 0 for none
    long directory(long next, Entry... entries) {
        Entry[] sorted = entries.clone();
        Arrays.sort(sorted, Comparator.comparingInt(Entry::tag));
        byte[] bytes = new byte[2 + 12 * sorted.length + 4];
        ByteBuffer directory = little(bytes).putShort((short) sorted.length);
        for (Entry entry : sorted) {
            byte[] value = entry.value();
            boolean inline = value.length <= 4;
            long at = inline ? 0 : blob(value);
            directory.putShort((short) entry.tag()).putShort((short) entry.type());
            directory.putInt(entry.count());
            if (inline) {
                directory.put(Arrays.copyOf(value, 4));
            } else {
                directory.putInt((int) at);
            }
        }
        directory.putInt((int) next);
        return blob(bytes);
    }

    byte[] file(long first) {
        byte[] file = out.toByteArray();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, (int) first);
        return file;
    }

    private void pad() {
        if (out.size() % 2 == 1) {
            out.write(0);
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
