package dev.darkroom.ingest.watched;

import dev.darkroom.schema.FilePath;
import java.nio.charset.StandardCharsets;

/// What people call a file whose name on the disk may be any bytes.
final class FileName {
    private static final int MAX_BYTES = 255;

    private FileName() {}

    /// The name as it is when it is text; otherwise the bytes that are none stand as `\xHH`. Cut in
    /// the middle when that gets too long, so that the ending stays.
    static String of(FilePath path) {
        String escaped = path.fileName();
        String plain = escaped.replace("\\\\", "\\");
        boolean isText = !escaped.replace("\\\\", "").contains("\\x");
        String name = isText ? plain : escaped;
        if (bytes(name) <= MAX_BYTES) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && bytes(name.substring(dot)) <= 20 ? name.substring(dot) : "";
        int end = name.length() - ending.length();
        while (bytes(name.substring(0, end)) + bytes(ending) > MAX_BYTES) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end) + ending;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
