package dev.darkroom.storage;

import java.nio.charset.StandardCharsets;

/// What an uploader called a file, made fit to be part of a [BlobKey].
///
/// The name is a stranger's text. Only what follows its last `/` is kept; control characters, line
/// separators and halves of surrogate pairs become `_`; leading dots and blanks go away. Letters of
/// any script, emoji and the form of accents stay as they are, and so do names that only other
/// systems reserve. The name as it was given belongs into the catalogue, not here.
///
/// @param stem the part before the extension, never empty
/// @param extension the part after the last dot without the dot: 1 to 16 ASCII letters or digits as
///   the uploader wrote them, or empty
public record OriginalName(String stem, String extension) {
    private static final int MAX_EXTENSION = 16;
    private static final String NAMELESS = "file";

    public OriginalName {
        if (stem.isEmpty() || stem.startsWith(".") || stem.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not the stem of a file name: '" + stem + "'");
        }
        if (!extension.isEmpty() && !isExtension(extension)) {
            throw new IllegalArgumentException("not an extension: '" + extension + "'");
        }
    }

    /// Reads any text at all; what cannot be kept is left out.
    public static OriginalName of(String given) {
        String name = cleaned(given.substring(given.lastIndexOf('/') + 1));
        int dot = name.lastIndexOf('.');
        if (dot > 0 && isExtension(name.substring(dot + 1))) {
            return new OriginalName(name.substring(0, dot), name.substring(dot + 1));
        }
        return new OriginalName(name.isEmpty() ? NAMELESS : name, "");
    }

    /// The file name `<stem>.<extension>`, its stem cut so that it has at most 255 bytes of UTF-8.
    public String fileName() {
        return endingWith("");
    }

    /// The file name `<stem>-<suffix>.<extension>`, which fits into one segment of a key.
    String withSuffix(String suffix) {
        return endingWith("-" + suffix);
    }

    /// The stem is cut between two characters where the whole would be too long.
    private String endingWith(String suffix) {
        String end = suffix + (extension.isEmpty() ? "" : "." + extension);
        int room = BlobKey.MAX_SEGMENT_BYTES - end.getBytes(StandardCharsets.UTF_8).length;
        return cut(stem, room) + end;
    }

    private static String cleaned(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> isPrintable(point) ? point : '_')
                .forEach(kept::appendCodePoint);
        int start = 0;
        while (start < kept.length()
                && (kept.charAt(start) == '.' || Character.isWhitespace(kept.charAt(start)))) {
            start++;
        }
        return kept.substring(start).stripTrailing();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private static boolean isExtension(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_EXTENSION
                && text.chars().allMatch(OriginalName::isLetterOrDigit);
    }

    private static boolean isLetterOrDigit(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }

    private static String cut(String text, int maxBytes) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end);
    }
}
