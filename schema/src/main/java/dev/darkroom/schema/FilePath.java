package dev.darkroom.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Where a file lies in its repository: a relative path with `/` between its names.
///
/// A file's name on Unix is any bytes but `/` and NUL. Here it is text that no byte is lost in:
/// UTF-8 stays as it is, a byte that is not UTF-8 is written `\xHH`, a backslash `\\`. Two
/// spellings of one character (NFC and NFD) are two paths, as they are two files.
public record FilePath(@JsonValue String text) {
    /// The longest path, in bytes of UTF-8: what an index of PostgreSQL can hold.
    public static final int MAX_BYTES = 2_600;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FilePath {
        if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("a file path has 1 to 2600 bytes: " + text);
        }
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("a file path is text without NUL: " + text);
        }
        for (String name : text.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException(
                        "a file path is relative, without empty, . and .. names: " + text);
            }
        }
        requireEscapes(text);
    }

    /// The path that these bytes are.
    public static FilePath ofBytes(byte[] bytes) {
        return new FilePath(escape(bytes));
    }

    /// The bytes that the file system knows it by.
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        int start = 0;
        for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', start)) {
            bytes.writeBytes(text.substring(start, i).getBytes(StandardCharsets.UTF_8));
            if (text.charAt(i + 1) == '\\') {
                bytes.write('\\');
                start = i + 2;
            } else {
                bytes.write(HexFormat.fromHexDigits(text, i + 2, i + 4));
                start = i + 4;
            }
        }
        bytes.writeBytes(text.substring(start).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /// The last name, as text.
    public String fileName() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return text;
    }

    private static String escape(byte[] bytes) {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        StringBuilder text = new StringBuilder(bytes.length);
        while (true) {
            CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
            CoderResult result = decoder.decode(in, out, true);
            text.append(out.flip().toString().replace("\\", "\\\\"));
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                text.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(in.get()));
            }
            decoder.reset();
        }
    }

    private static void requireEscapes(String text) {
        for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i)) {
            if (text.startsWith("\\\\", i)) {
                i += 2;
            } else if (text.startsWith("\\x", i)
                    && text.length() >= i + 4
                    && HexFormat.isHexDigit(text.charAt(i + 2))
                    && HexFormat.isHexDigit(text.charAt(i + 3))) {
                i += 4;
            } else {
                throw new IllegalArgumentException(
                        "a backslash in a file path is written \\\\, other bytes \\xHH: " + text);
            }
        }
    }
}
