package dev.darkroom.streams;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where in each partition reading starts.
public sealed interface StartAt {
    /// The oldest record that is there.
    record Beginning() implements StartAt {}

    /// The next record that comes.
    record End() implements StartAt {}

    /// The first record that was published at or after this time. A change is published after it
    /// was committed, so no change that was committed since is left out.
    record Time(Instant time) implements StartAt {}

    /// This offset, or the nearest that is there.
    record Offset(long offset) implements StartAt {}

    /// Reads `beginning`, `end`, an offset, `@` and a time, or `@-` and how long ago.
    ///
    /// @param now what `@-1h` counts from
    static StartAt of(String text, Instant now) {
        return switch (text) {
            case "beginning" -> new Beginning();
            case "end" -> new End();
            default -> {
                if (text.startsWith("@")) {
                    yield new Time(time(text.substring(1), now));
                }
                if (!text.matches("\\d{1,18}")) {
                    throw new IllegalArgumentException(
                            "the start is beginning, end, an offset, @-1h or @2026-01-01T00:00:00Z: "
                                    + text);
                }
                yield new Offset(Long.parseLong(text));
            }
        };
    }

    /// Reads a time: `2026-01-01T00:00:00Z`, with another offset, a date (its first moment, UTC),
    /// or how long ago: `-90s`, `-1h30m`, `-7d`.
    static Instant time(String text, Instant now) {
        if (text.startsWith("-")) {
            return now.minus(ago(text));
        }
        try {
            return text.matches("\\d{4}-\\d{2}-\\d{2}")
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "not a time: "
                            + text
                            + "; expected 2026-01-01T00:00:00Z, 2026-01-01, or how long ago: -90s,"
                            + " -1h30m, -7d",
                    e);
        }
    }

    private static Duration ago(String text) {
        Matcher part = Part.PATTERN.matcher(text.substring(1));
        Duration ago = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            long count = Long.parseLong(part.group(1));
            ago = ago.plus(Part.unit(part.group(2)).multipliedBy(count));
            end = part.end();
        }
        if (end == 0 || end != text.length() - 1) {
            throw new IllegalArgumentException(
                    "not a length of time: " + text + "; expected -90s, -5m, -1h30m, -7d or -2w");
        }
        return ago;
    }

    /// One number with its unit.
    final class Part {
        private static final Pattern PATTERN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w)");

        private Part() {}

        private static Duration unit(String letter) {
            return switch (letter) {
                case "ms" -> Duration.ofMillis(1);
                case "s" -> Duration.ofSeconds(1);
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                case "d" -> Duration.ofDays(1);
                default -> Duration.ofDays(7);
            };
        }
    }
}
