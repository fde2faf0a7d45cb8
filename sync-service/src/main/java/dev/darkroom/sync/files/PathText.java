package dev.darkroom.sync.files;

/// The text of a file's name: UTF-8 as it is, a backslash twice, and `\xHH` for each byte that is
/// not part of valid UTF-8. The same as `FilePath` has, without its objects.
final class PathText {
    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };

    /// The most bytes that one byte of a name becomes.
    static final int GROWTH = 4;

    private PathText() {}

    /// Whether the text of these bytes is the bytes themselves, seen at a glance; false may also
    /// mean that it takes a closer look.
    static boolean isPlain(byte[] name, int from, int to) {
        for (int i = from; i < to; i++) {
            if (name[i] < 0 || name[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /// Writes the text of a name.
    ///
    /// @param text has room for `GROWTH` times as many bytes
    /// @return where the text ends
    static int encode(byte[] name, int from, int to, byte[] text, int at) {
        int end = at;
        int next = from;
        while (next < to) {
            int length = sequence(name, next, to);
            if (length == 0) {
                text[end++] = '\\';
                text[end++] = 'x';
                text[end++] = HEX[(name[next] >> 4) & 0xf];
                text[end++] = HEX[name[next] & 0xf];
                next++;
            } else {
                if (name[next] == '\\') {
                    text[end++] = '\\';
                }
                for (int i = 0; i < length; i++) {
                    text[end++] = name[next++];
                }
            }
        }
        return end;
    }

    /// Writes the bytes that a text stands for.
    ///
    /// @return where they end
    /// @throws IllegalArgumentException if this is the text of no name
    static int decode(byte[] text, int from, int to, byte[] name, int at) {
        int end = at;
        int next = from;
        while (next < to) {
            byte b = text[next++];
            if (b != '\\') {
                name[end++] = b;
            } else if (next < to && text[next] == '\\') {
                name[end++] = b;
                next++;
            } else if (next + 2 < to && text[next] == 'x') {
                name[end++] = (byte) (digit(text[next + 1]) << 4 | digit(text[next + 2]));
                next += 3;
            } else {
                throw new IllegalArgumentException(
                        "a backslash in a path's text is followed by another or by xHH");
            }
        }
        return end;
    }

    /// The length of the valid UTF-8 sequence that begins here, 0 if none does.
    private static int sequence(byte[] name, int at, int to) {
        int first = name[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return 0;
        }
        int second = name[at + 1] & 0xff;
        // Overlong forms, surrogates, and what is beyond Unicode.
        int lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((name[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static int digit(byte hex) {
        int digit = Character.digit(hex, 16);
        if (digit < 0) {
            throw new IllegalArgumentException("no hexadecimal digit: " + (char) (hex & 0xff));
        }
        return digit;
    }
}
