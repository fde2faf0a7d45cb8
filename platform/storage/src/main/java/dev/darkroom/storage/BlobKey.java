package dev.darkroom.storage;

import java.nio.charset.StandardCharsets;

/// The name of a blob inside a store: segments parted by `/`, for example
/// `inbox/2026/11/IMG_0001-9f86d081884c.jpg`.
///
/// A key is relative and plain: no empty segment, no `.` or `..`, no NUL, at most 255 bytes of
/// UTF-8 in a segment and 1,024 in all. A first segment that begins with a dot is refused too,
/// since stores keep their own things there. Two keys are equal when their characters are; composed
/// and decomposed forms of a letter are different keys.
///
/// One key must not be the folder of another (`a` and `a/b`): an object store could hold both, a
/// folder cannot.
///
/// @param value the whole key
public record BlobKey(String value) implements Comparable<BlobKey> {
    /// The longest key, in bytes of UTF-8; what object stores allow.
    public static final int MAX_BYTES = 1_024;

    /// The longest segment, in bytes of UTF-8; what file systems allow.
    public static final int MAX_SEGMENT_BYTES = 255;

    /// @throws IllegalArgumentException when the value is not a key; the message says why
    public BlobKey {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a blob key must not be empty");
        }
        if (value.startsWith(".")) {
            throw refused(value, "its first segment must not begin with a dot");
        }
        if (value.indexOf('\0') >= 0) {
            throw refused(value, "it must not contain NUL");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw refused(value, "it must not contain half of a surrogate pair");
        }
        if (utf8Length(value) > MAX_BYTES) {
            throw refused(value, "it must not be longer than " + MAX_BYTES + " bytes");
        }
        for (String segment : value.split("/", -1)) {
            requireSegment(value, segment);
        }
    }

    /// The key made of these segments.
    public static BlobKey of(String first, String... more) {
        return new BlobKey(more.length == 0 ? first : first + "/" + String.join("/", more));
    }

    /// The last segment.
    public String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(BlobKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static void requireSegment(String value, String segment) {
        if (segment.isEmpty()) {
            throw refused(value, "it must not begin or end with '/' nor contain '//'");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw refused(value, "it must not contain the segment '" + segment + "'");
        }
        if (utf8Length(segment) > MAX_SEGMENT_BYTES) {
            throw refused(value, "no segment may be longer than " + MAX_SEGMENT_BYTES + " bytes");
        }
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static IllegalArgumentException refused(String value, String why) {
        return new IllegalArgumentException(
                "not a blob key: '" + value.replace('\0', '\uFFFD') + "': " + why);
    }
}
