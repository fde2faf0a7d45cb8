package dev.darkroom.media.child;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The video inside of a motion photo, found where one of the four ways to put it there says, and
/// only believed when an MP4 or QuickTime file begins there.
///
/// @param offset where in the photo's file it begins
/// @param length in bytes
record MotionVideo(long offset, long length) {

    /// Google's first way: so many bytes before the end.
    private static final String MICRO_VIDEO = "MicroVideoOffset";

    /// Google's second way: a list of what the file is made of, in order.
    private static final Pattern PART = Pattern.compile(".*Directory\\[(\\d+)]/.*\\bItem:(\\w+)");

    private static final int SAMSUNG_VIDEO = 0x0a30;
    private static final int MOST_PARTS = 64;

    /// Looks in the file and in the XMP that it carries.
    ///
    /// @param xmp its properties by path
    static Optional<MotionVideo> find(MediaFile file, ContentType type, Map<String, String> xmp) {
        return switch (type.mimeType()) {
            case "image/jpeg" ->
                    listed(file, xmp).or(() -> beforeTheEnd(file, xmp)).or(() -> samsung(file));
            case "image/heic", "image/heif", "image/avif" ->
                    boxed(file).or(() -> listed(file, xmp)).or(() -> samsung(file));
            default -> Optional.empty();
        };
    }

    private static Optional<MotionVideo> beforeTheEnd(MediaFile file, Map<String, String> xmp) {
        for (Map.Entry<String, String> property : xmp.entrySet()) {
            if (property.getKey().endsWith(":" + MICRO_VIDEO)) {
                long length = number(property.getValue());
                return checked(file, file.size() - length, length);
            }
        }
        return Optional.empty();
    }

    private static Optional<MotionVideo> listed(MediaFile file, Map<String, String> xmp) {
        Map<Integer, Map<String, String>> parts = new TreeMap<>();
        for (Map.Entry<String, String> property : xmp.entrySet()) {
            Matcher part = PART.matcher(property.getKey());
            if (part.matches() && part.group(1).length() < 4) {
                parts.computeIfAbsent(Integer.valueOf(part.group(1)), _ -> new TreeMap<>())
                        .put(part.group(2), property.getValue());
            }
        }
        long end = file.size();
        for (Map<String, String> part : List.copyOf(parts.values()).reversed()) {
            long length = number(part.getOrDefault("Length", "0"));
            if ("MotionPhoto".equals(part.get("Semantic"))) {
                return checked(file, end - length, length);
            }
            end -= length + number(part.getOrDefault("Padding", "0"));
        }
        return Optional.empty();
    }

    /// Samsung's way: a directory at the very end, of blocks that lie before it.
    private static Optional<MotionVideo> samsung(MediaFile file) {
        long end = file.size();
        if (end < 20 || !file.startsWith(end - 4, "SEFT")) {
            return Optional.empty();
        }
        long directory = end - 8 - file.u32(end - 8, true);
        if (!file.startsWith(directory, "SEFH")) {
            return Optional.empty();
        }
        long count = Math.min(MOST_PARTS, file.u32(directory + 8, true));
        for (long entry = directory + 12; count > 0; entry += 12, count--) {
            if (file.u16(entry + 2, true) == SAMSUNG_VIDEO) {
                long block = directory - file.u32(entry + 4, true);
                long head = 8 + file.u32(block + 4, true); // type, length of the name, name
                return checked(file, block + head, file.u32(entry + 8, true) - head);
            }
        }
        return Optional.empty();
    }

    private static Optional<MotionVideo> boxed(MediaFile file) {
        return IsoBoxes.of(file).stream()
                .filter(box -> box.type().equals("mpvd"))
                .findFirst()
                .flatMap(box -> checked(file, box.body(), box.end() - box.body()));
    }

    private static Optional<MotionVideo> checked(MediaFile file, long offset, long length) {
        boolean there =
                length > 16
                        && offset > 0
                        && file.has(offset, length)
                        && file.startsWith(offset + 4, "ftyp");
        return there ? Optional.of(new MotionVideo(offset, length)) : Optional.empty();
    }

    private static long number(String text) {
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }
}
