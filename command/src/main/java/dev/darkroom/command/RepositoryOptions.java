package dev.darkroom.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How a repository is kept, as options of `add` and `set`; what is not given is not sent.
final class RepositoryOptions {
    private static final List<String> STRATEGIES = List.of("date", "flat", "cas");

    @Option(names = "--name", paramLabel = "TEXT", description = "What to call it.")
    private @Nullable String name;

    @Option(
            names = "--copy",
            negatable = true,
            description = "Keep copies in the library instead of using files where they lie.")
    private @Nullable Boolean copy;

    @Option(
            names = "--strategy",
            paramLabel = "date|flat|cas",
            description = "How copies are named: by date, flat, or by content.")
    private @Nullable String strategy;

    @Option(names = "--owner", paramLabel = "UUID", description = "Whose its assets are.")
    private @Nullable UUID owner;

    @Option(
            names = "--ignore",
            paramLabel = "PATTERN",
            description =
                    "Leave out what matches, as in a .gitignore. Repeatable; with set it replaces"
                            + " all, and --ignore= leaves none.")
    private @Nullable List<String> ignore;

    @Option(
            names = "--writable",
            negatable = true,
            description = "Let Darkroom put files into the folder.")
    private @Nullable Boolean writable;

    @Option(
            names = "--rescan",
            paramLabel = "TIME",
            description = "Compare everything this often: 90s, 30m, 6h, 1d. Usually 1h.")
    private @Nullable String rescan;

    @Option(
            names = "--fuse",
            paramLabel = "PERCENT",
            description =
                    "Hold an operation in which more than this share of the files vanishes."
                            + " Usually 10.")
    private @Nullable Integer fuse;

    @Option(
            names = "--watch",
            negatable = true,
            description = "Follow the folder, or only know of it.")
    private @Nullable Boolean watch;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /// What was given, as ingest-service takes it.
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        put(settings, "name", name);
        put(settings, "importMode", copy == null ? null : copy ? "copy" : "in-place");
        put(settings, "storageStrategy", strategy());
        put(settings, "ownerId", owner == null ? null : owner.toString());
        put(settings, "ignorePatterns", patterns());
        put(settings, "writable", writable);
        put(settings, "rescanIntervalSeconds", rescan == null ? null : seconds(rescan));
        put(settings, "deleteFusePercent", fuse);
        put(settings, "watched", watch);
        return settings;
    }

    private @Nullable String strategy() {
        if (strategy == null) {
            return null;
        }
        String lower = strategy.toLowerCase(Locale.ROOT);
        if (!STRATEGIES.contains(lower)) {
            throw wrong("--strategy is date, flat or cas, not " + strategy);
        }
        return lower;
    }

    private @Nullable List<String> patterns() {
        return ignore == null
                ? null
                : ignore.stream().filter(pattern -> !pattern.isEmpty()).toList();
    }

    private int seconds(String time) {
        String digits = time.replaceFirst("[smhd]$", "");
        int unit =
                switch (time.isEmpty() ? 's' : time.charAt(time.length() - 1)) {
                    case 'm' -> 60;
                    case 'h' -> 3_600;
                    case 'd' -> 86_400;
                    default -> 1;
                };
        try {
            return Math.multiplyExact(Integer.parseInt(digits), unit);
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrong("--rescan is a time such as 90s, 30m, 6h or 1d, not " + time);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static void put(Map<String, Object> settings, String name, @Nullable Object value) {
        if (value != null) {
            settings.put(name, value);
        }
    }
}
