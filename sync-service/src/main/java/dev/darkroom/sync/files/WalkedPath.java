package dev.darkroom.sync.files;

import dev.darkroom.schema.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A file's path relative to the root, as the bytes of its text; the root itself is empty.
///
/// A view of the walk's own memory, so that a million files need no million strings: it is valid
/// only until the visitor's method returns. Take `text` or `copy` of what must live longer.
public final class WalkedPath {
    private byte[] bytes = {};
    private int from;
    private int to;

    WalkedPath() {}

    /// A path of one's own.
    WalkedPath(byte[] bytes) {
        set(bytes, 0, bytes.length);
    }

    void set(byte[] newBytes, int newFrom, int newTo) {
        bytes = newBytes;
        from = newFrom;
        to = newTo;
    }

    /// How many bytes.
    public int length() {
        return to - from;
    }

    /// Compares with the UTF-8 bytes of another path's text, in the order of the walk, which is
    /// that of `collate "C"`.
    public int compareTo(byte[] other) {
        return Arrays.compareUnsigned(bytes, from, to, other, 0, other.length);
    }

    /// Whether this is the folder whose text has these bytes, or below it.
    public boolean isInside(byte[] folder) {
        int length = folder.length;
        return length == 0
                || (length() >= length
                        && Arrays.equals(bytes, from, from + length, folder, 0, length)
                        && (length() == length || bytes[from + length] == '/'));
    }

    /// The bytes, to keep.
    public byte[] copy() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /// The path, to keep.
    public FilePath toFilePath() {
        return new FilePath(text());
    }

    /// The text, to keep.
    public String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text();
    }
}
