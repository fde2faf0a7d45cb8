package dev.darkroom.sync.files;

import dev.darkroom.schema.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a repository does not want to see.
///
/// The patterns are those of `.gitignore`: `*`, `?`, `[a-z]`, `**`; a slash at the end means
/// folders only; a slash elsewhere ties the pattern to the root, otherwise it is about a name at
/// any depth; `!` takes an earlier pattern back; the last pattern that matches decides. What is in
/// an ignored folder is ignored.
///
/// Before a repository's own patterns stand the built-in ones: names that begin with a dot; what
/// cameras' cards, storage boxes, Windows and macOS leave behind (`@eaDir`, `#recycle`,
/// `$RECYCLE.BIN`, `System Volume Information`, `Thumbs.db`, `desktop.ini`, `__MACOSX`,
/// `lost+found` and the like, in any case); previews of Lightroom (`*.lrdata`); and files that are
/// still being fetched or written (`*.part`, `*.crdownload`, `*.tmp`, `*~` and the like). A pattern
/// with `!` can bring these back, except Darkroom's own (`.darkroom*`).
public final class IgnoreRules {
    private static final Set<String> NAMES =
            Set.of(
                    // Synology, QNAP, other boxes
                    "@eadir",
                    "@synoresource",
                    "#recycle",
                    "#snapshot",
                    "@recycle",
                    "@recently-snapshot",
                    "@__thumb",
                    "lost+found",
                    // Windows
                    "$recycle.bin",
                    "recycler",
                    "system volume information",
                    "thumbs.db",
                    "ehthumbs.db",
                    "ehthumbs_vista.db",
                    "desktop.ini",
                    // archives made on macOS
                    "__macosx",
                    "icon\r");

    private static final List<String> ENDINGS =
            List.of(
                    ".part",
                    ".partial",
                    ".crdownload",
                    ".download",
                    ".opdownload",
                    ".filepart",
                    ".aria2",
                    ".!ut",
                    ".!qb",
                    ".tmp",
                    ".temp",
                    ".lrdata",
                    "~");

    private static final byte[] OWN = ".darkroom".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NAME = 32;

    private final List<Glob> globs;

    private IgnoreRules(List<Glob> globs) {
        this.globs = globs;
    }

    /// The built-in rules alone.
    public static IgnoreRules builtIn() {
        return new IgnoreRules(List.of());
    }

    /// The built-in rules and then these.
    ///
    /// @throws IllegalArgumentException naming the pattern that is none
    public static IgnoreRules of(List<String> patterns) {
        return new IgnoreRules(patterns.stream().map(Glob::new).toList().reversed());
    }

    /// Whether a file or folder is ignored, by itself or with a folder above it.
    ///
    /// @param folder whether the path is a folder's
    public boolean ignores(FilePath path, boolean folder) {
        byte[] text = path.text().getBytes(StandardCharsets.UTF_8);
        int slash = lastSlash(text, text.length);
        return ignoresFolder(text, Math.max(slash, 0))
                || ignores(text, slash + 1, text.length, folder);
    }

    /// Whether an entry of a folder that is not ignored is.
    ///
    /// @param path the text of the entry's path
    boolean ignoresEntry(String path, boolean folder) {
        byte[] text = path.getBytes(StandardCharsets.UTF_8);
        return ignores(text, lastSlash(text, text.length) + 1, text.length, folder);
    }

    /// Whether a folder is ignored, by itself or with a folder above it.
    boolean ignoresFolder(byte[] path, int length) {
        int name = 0;
        for (int i = 0; i <= length; i++) {
            if (i > name && (i == length || path[i] == '/')) {
                if (ignores(path, name, i, true)) {
                    return true;
                }
                name = i + 1;
            }
        }
        return false;
    }

    /// Whether an entry of a folder that is not ignored is.
    ///
    /// @param folder the text of the folder with its slash; whoever calls leaves room behind it
    boolean ignores(byte[] folder, int length, byte[] name, int from, int to, boolean isFolder) {
        if (globs.isEmpty()) {
            return ignoresByItself(name, from, to);
        }
        byte[] path = new byte[length + to - from];
        System.arraycopy(folder, 0, path, 0, length);
        System.arraycopy(name, from, path, length, to - from);
        return ignores(path, length, path.length, isFolder);
    }

    private boolean ignores(byte[] path, int name, int to, boolean folder) {
        if (isOurs(path, name, to)) {
            return true;
        }
        for (Glob glob : globs) {
            if (glob.matches(path, name, to, folder)) {
                return !glob.isNegated();
            }
        }
        return ignoresByItself(path, name, to);
    }

    private static boolean isOurs(byte[] path, int name, int to) {
        return to - name >= OWN.length && startsWith(path, name, OWN);
    }

    private static boolean startsWith(byte[] path, int at, byte[] start) {
        for (int i = 0; i < start.length; i++) {
            if (path[at + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    /// The built-in rules. Most names of photos leave here after two looks.
    private static boolean ignoresByItself(byte[] path, int name, int to) {
        int first = path[name];
        if (first == '.') {
            return true;
        }
        int last = path[to - 1] | 0x20;
        boolean endingPossible =
                switch (last) {
                    // part, aria2, .!ut; tmp, temp; partial; download; .!qb; lrdata; ~
                    case 't', '2' | 0x20, 'p', 'l', 'd', 'b', 'a', '~' -> true;
                    default -> false;
                };
        if (endingPossible && hasEnding(path, name, to)) {
            return true;
        }
        boolean namePossible =
                to - name <= LONGEST_NAME
                        && switch (first | 0x20) {
                            case '@' | 0x20,
                                    '#',
                                    '$',
                                    's',
                                    't',
                                    'e',
                                    'd',
                                    'l',
                                    'r',
                                    'i',
                                    '_' | 0x20 ->
                                    true;
                            default -> false;
                        };
        return namePossible
                && NAMES.contains(
                        new String(path, name, to - name, StandardCharsets.UTF_8)
                                .toLowerCase(Locale.ROOT));
    }

    private static boolean hasEnding(byte[] path, int name, int to) {
        for (String ending : ENDINGS) {
            int at = to - ending.length();
            boolean same = at > name;
            for (int i = 0; same && i < ending.length(); i++) {
                byte b = path[at + i];
                same = (b >= 'A' && b <= 'Z' ? b | 0x20 : b) == ending.charAt(i);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    private static int lastSlash(byte[] text, int to) {
        for (int i = to - 1; i >= 0; i--) {
            if (text[i] == '/') {
                return i;
            }
        }
        return -1;
    }
}
