package dev.darkroom.command;

import java.util.Locale;

/// What the two output streams lead to, and how to speak there.
///
/// The script `darkroom` looks at the file descriptors and says so in `darkroom.terminal`.
public final class Terminal {
    private static final String STREAMS = System.getProperty("darkroom.terminal", "");
    private static final boolean COLOUR = System.getenv("NO_COLOR") == null;

    private static final int WIDE = 200;

    private Terminal() {}

    /// Whether a person reads standard output on a screen.
    public static boolean outIsScreen() {
        return STREAMS.contains("out");
    }

    /// Characters in a line of the screen; a wide one when standard output leads elsewhere.
    public static int columns() {
        return Integer.getInteger("darkroom.columns", WIDE);
    }

    /// Whether colours are wanted where a person reads.
    public static boolean colour(boolean screen) {
        return screen && COLOUR;
    }

    /// Whether a person reads standard error on a screen.
    public static boolean errIsScreen() {
        return STREAMS.contains("err");
    }

    public static String bold(String text, boolean screen) {
        return styled("1", text, screen);
    }

    public static String dim(String text, boolean screen) {
        return styled("2", text, screen);
    }

    public static String green(String text, boolean screen) {
        return styled("32", text, screen);
    }

    public static String red(String text, boolean screen) {
        return styled("31", text, screen);
    }

    public static String yellow(String text, boolean screen) {
        return styled("33", text, screen);
    }

    /// A count with thousands apart: `12,345`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A size in the unit a person would choose: `3.4 MB`.
    public static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /// A length of time: `0.4 s`, `12 s`, `3 min 20 s`, `5 h 12 min`, `3 d 4 h`.
    public static String time(java.time.Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds < 86_400
                ? seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min"
                : seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
    }

    private static String styled(String code, String text, boolean screen) {
        return colour(screen) ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
