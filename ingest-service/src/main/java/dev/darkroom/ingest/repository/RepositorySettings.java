package dev.darkroom.ingest.repository;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What people decide about a repository.
///
/// @param name what people call it
/// @param storageStrategy `date`, `flat` or `cas`: how copies are named
/// @param importMode `in-place` or `copy`
/// @param ownerId whose its assets are
/// @param ignorePatterns what sync-service does not look at, as in `.gitignore`
/// @param writable whether Darkroom may put files into the folder
/// @param rescanIntervalSeconds how often all of it is compared, even when nothing was heard
/// @param deleteFusePercent an operation in which more than this share vanishes is held
/// @param watched whether sync-service keeps the library in step with it
record RepositorySettings(
        String name,
        String storageStrategy,
        String importMode,
        @Nullable UUID ownerId,
        List<String> ignorePatterns,
        boolean writable,
        int rescanIntervalSeconds,
        int deleteFusePercent,
        boolean watched) {
    private static final List<String> STRATEGIES = List.of("date", "flat", "cas");
    private static final List<String> MODES = List.of("in-place", "copy");
    private static final int MAX_NAME = 255;
    private static final int MAX_PATTERNS = 200;
    private static final int MAX_PATTERN = 500;

    RepositorySettings {
        ignorePatterns = List.copyOf(ignorePatterns);
        if (name.isBlank() || name.length() > MAX_NAME || hasControl(name)) {
            throw RepositoryRefused.invalid("name", "a name has 1 to 255 characters: " + name);
        }
        requireOneOf("storageStrategy", storageStrategy, STRATEGIES);
        requireOneOf("importMode", importMode, MODES);
        if (rescanIntervalSeconds < 1) {
            throw RepositoryRefused.invalid(
                    "rescanIntervalSeconds", "seconds, at least 1: " + rescanIntervalSeconds);
        }
        if (deleteFusePercent < 0 || deleteFusePercent > 100) {
            throw RepositoryRefused.invalid(
                    "deleteFusePercent", "a percentage, 0 to 100: " + deleteFusePercent);
        }
        if (ignorePatterns.size() > MAX_PATTERNS) {
            throw RepositoryRefused.invalid(
                    "ignorePatterns", "at most 200 patterns, these are " + ignorePatterns.size());
        }
        ignorePatterns.forEach(RepositorySettings::requirePattern);
    }

    /// How a repository is kept when its owner does not say.
    static RepositorySettings usual(String name) {
        return new RepositorySettings(
                name, "date", "in-place", null, List.of(), false, 3_600, 10, true);
    }

    private static void requireOneOf(String field, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw RepositoryRefused.invalid(
                    field, "one of " + String.join(", ", allowed) + ", not: " + value);
        }
    }

    /// A pattern is one line of a `.gitignore`; a bracket that opens has to close.
    private static void requirePattern(String pattern) {
        boolean names = !pattern.replace("!", "").replace("/", "").isBlank();
        if (!names || pattern.length() > MAX_PATTERN || hasControl(pattern)) {
            throw RepositoryRefused.invalid(
                    "ignorePatterns", "a pattern has 1 to 500 characters of one line: " + pattern);
        }
        if (pattern.endsWith("\\") && !pattern.endsWith("\\\\")) {
            throw RepositoryRefused.invalid(
                    "ignorePatterns", "a backslash has nothing behind it: " + pattern);
        }
        int open = pattern.replace("\\[", "").indexOf('[');
        if (open >= 0 && pattern.indexOf(']', open + 2) < 0) {
            throw RepositoryRefused.invalid(
                    "ignorePatterns", "a bracket opens and does not close: " + pattern);
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
