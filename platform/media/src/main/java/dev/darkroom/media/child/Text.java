package dev.darkroom.media.child;

/// Makes text from files safe to store: databases refuse NUL, JSON refuses lone surrogates, people
/// refuse the rest.
final class Text {

    private Text() {}

    /// Removes control characters, replacement characters and lone surrogates, and cuts at a number
    /// of UTF-8 bytes.
    static String clean(String text, int maxBytes) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), maxBytes));
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (!isText(point)) {
                continue;
            }
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                break;
            }
            clean.appendCodePoint(point);
        }
        return clean.toString().strip();
    }

    private static boolean isText(int point) {
        boolean control =
                (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7f && point < 0xa0);
        boolean surrogate = point >= 0xd800 && point <= 0xdfff;
        boolean none =
                point == 0xfffd
                        || (point & 0xfffe) == 0xfffe
                        || (point >= 0xfdd0 && point <= 0xfdef);
        return !control && !surrogate && !none;
    }
}
