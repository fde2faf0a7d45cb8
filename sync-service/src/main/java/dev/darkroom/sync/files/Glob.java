package dev.darkroom.sync.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One pattern of an ignore list, as `.gitignore` has them, compiled.
///
/// All ways to match are followed at once, so no pattern takes more than its length times the
/// path's, whatever stars it has.
final class Glob {
    private static final int MAX_LENGTH = 1_000;

    /// What a place of the pattern takes.
    sealed interface Token {
        record Letter(int codePoint) implements Token {}

        /// `?`
        record Any() implements Token {}

        /// `*`, which takes no slash.
        record Star() implements Token {}

        /// `**/`: nothing, or whole names with their slashes.
        record Folders() implements Token {}

        /// `/**` at the end, after its slash: all that follows.
        record Rest() implements Token {}

        /// `[a-z]`: ranges in turns of first and last.
        record OneOf(List<Integer> ranges, boolean none) implements Token {
            public OneOf {
                ranges = List.copyOf(ranges);
            }

            boolean takes(int codePoint) {
                boolean in = false;
                for (int i = 0; i < ranges.size(); i += 2) {
                    in |= codePoint >= ranges.get(i) && codePoint <= ranges.get(i + 1);
                }
                return in != none && codePoint != '/';
            }
        }
    }

    private final boolean negated;
    private final boolean foldersOnly;
    private final boolean wholePath;
    private final Token[] tokens;

    /// The bytes after a leading star, if the pattern is no more than that, like `*.part`.
    private final byte[] suffix;

    /// @throws IllegalArgumentException if it is no pattern
    Glob(String pattern) {
        if (pattern.isBlank() || pattern.length() > MAX_LENGTH || pattern.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "an ignore pattern has 1 to %d characters, none of them NUL: '%s'"
                            .formatted(MAX_LENGTH, pattern));
        }
        String rest = pattern;
        negated = rest.startsWith("!");
        rest = negated ? rest.substring(1) : rest;
        foldersOnly = rest.endsWith("/");
        rest = foldersOnly ? rest.substring(0, rest.length() - 1) : rest;
        wholePath = rest.indexOf('/') >= 0;
        rest = rest.startsWith("/") ? rest.substring(1) : rest;
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("an ignore pattern names something: " + pattern);
        }
        tokens = compile(rest, pattern);
        suffix = plainSuffix(rest);
    }

    /// Whether what it matches is not to be ignored after all.
    boolean isNegated() {
        return negated;
    }

    /// Whether it matches a path.
    ///
    /// @param path the text of the path, up to `to`; its last name begins at `name`
    boolean matches(byte[] path, int name, int to, boolean folder) {
        if (foldersOnly && !folder) {
            return false;
        }
        int from = wholePath ? 0 : name;
        if (suffix.length > 0) {
            return endsWith(path, from, to);
        }
        boolean[] now = new boolean[tokens.length + 1];
        now[0] = true;
        int at = from;
        int before = '/';
        while (true) {
            passEmpty(now, before);
            if (at == to) {
                return now[tokens.length];
            }
            int codePoint = codePoint(path, at, to);
            at += width(path, at, to);
            now = take(now, codePoint);
            before = codePoint;
        }
    }

    private boolean endsWith(byte[] path, int from, int to) {
        int at = to - suffix.length;
        if (at < from) {
            return false;
        }
        for (int i = 0; i < suffix.length; i++) {
            if (path[at + i] != suffix[i]) {
                return false;
            }
        }
        return true;
    }

    /// Goes on from every place whose token may take nothing.
    private void passEmpty(boolean[] now, int before) {
        for (int i = 0; i < tokens.length; i++) {
            boolean passable =
                    tokens[i] instanceof Token.Star
                            || (tokens[i] instanceof Token.Folders && before == '/');
            if (now[i] && passable) {
                now[i + 1] = true;
            }
        }
    }

    private boolean[] take(boolean[] now, int codePoint) {
        boolean[] next = new boolean[tokens.length + 1];
        for (int i = 0; i < tokens.length; i++) {
            if (now[i]) {
                switch (tokens[i]) {
                    case Token.Letter(int letter) -> next[i + 1] |= letter == codePoint;
                    case Token.Any() -> next[i + 1] |= codePoint != '/';
                    case Token.Star() -> next[i] |= codePoint != '/';
                    case Token.Folders() -> next[i] = true;
                    case Token.Rest() -> {
                        next[i] = true;
                        next[i + 1] = true;
                    }
                    case Token.OneOf oneOf -> next[i + 1] |= oneOf.takes(codePoint);
                }
            }
        }
        return next;
    }

    private static Token[] compile(String text, String pattern) {
        List<Token> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            boolean nameBegins = i == 0 || text.charAt(i - 1) == '/';
            if (nameBegins && text.startsWith("**/", i)) {
                tokens.add(new Token.Folders());
                i += 3;
            } else if (nameBegins && text.startsWith("**", i) && i + 2 == text.length()) {
                tokens.add(new Token.Rest());
                i += 2;
            } else if (text.charAt(i) == '[') {
                i = oneOf(text, i + 1, tokens, pattern);
            } else {
                int codePoint = text.codePointAt(i);
                i += Character.charCount(codePoint);
                if (codePoint == '\\') {
                    if (i == text.length()) {
                        throw new IllegalArgumentException(
                                "an ignore pattern cannot end in a backslash: " + pattern);
                    }
                    int escaped = text.codePointAt(i);
                    i += Character.charCount(escaped);
                    tokens.add(new Token.Letter(escaped));
                } else if (codePoint == '*') {
                    tokens.add(new Token.Star());
                } else if (codePoint == '?') {
                    tokens.add(new Token.Any());
                } else {
                    tokens.add(new Token.Letter(codePoint));
                }
            }
        }
        return tokens.toArray(Token[]::new);
    }

    /// Reads `[...]`, after the bracket.
    ///
    /// @return where it ends
    private static int oneOf(String text, int at, List<Token> tokens, String pattern) {
        int i = at;
        boolean none = text.startsWith("!", i) || text.startsWith("^", i);
        i += none ? 1 : 0;
        List<Integer> ranges = new ArrayList<>();
        boolean first = true;
        while (i < text.length() && (first || text.charAt(i) != ']')) {
            first = false;
            int low = text.codePointAt(i);
            i += Character.charCount(low);
            int high = low;
            if (text.startsWith("-", i) && i + 1 < text.length() && text.charAt(i + 1) != ']') {
                high = text.codePointAt(i + 1);
                i += 1 + Character.charCount(high);
            }
            ranges.add(low);
            ranges.add(high);
        }
        if (i >= text.length()) {
            throw new IllegalArgumentException(
                    "an ignore pattern has a [ without its ]: " + pattern);
        }
        tokens.add(new Token.OneOf(ranges, none));
        return i + 1;
    }

    private byte[] plainSuffix(String text) {
        boolean plain = !wholePath && text.startsWith("*") && text.length() > 1;
        for (int i = 1; i < tokens.length; i++) {
            plain &= tokens[i] instanceof Token.Letter;
        }
        return plain && text.indexOf('\\') < 0
                ? text.substring(1).getBytes(StandardCharsets.UTF_8)
                : new byte[0];
    }

    /// The character at a place of a path; what is not UTF-8 is a number beyond all characters.
    private static int codePoint(byte[] path, int at, int to) {
        int first = path[at] & 0xff;
        return switch (width(path, at, to)) {
            case 2 -> (first & 0x1f) << 6 | (path[at + 1] & 0x3f);
            case 3 -> (first & 0xf) << 12 | (path[at + 1] & 0x3f) << 6 | (path[at + 2] & 0x3f);
            case 4 ->
                    first == '\\'
                            ? Character.MAX_CODE_POINT + 1
                            : (first & 7) << 18
                                    | (path[at + 1] & 0x3f) << 12
                                    | (path[at + 2] & 0x3f) << 6
                                    | (path[at + 3] & 0x3f);
            default -> first;
        };
    }

    /// How many bytes of a path's text are one character: `\\` is one, and so is `\xHH`.
    private static int width(byte[] path, int at, int to) {
        int first = path[at] & 0xff;
        if (first == '\\') {
            return at + 1 < to && path[at + 1] == 'x' ? 4 : 2;
        }
        return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }
}
