package dev.darkroom.media.child;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A time as cameras write it, in EXIF's or in ISO 8601's form.
///
/// @param instant with the offset applied, or as if the local time were UTC when there is none
/// @param offset as ISO 8601 writes it; null when unknown
record CameraTime(Instant instant, @Nullable String offset) {

    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{4})[:\\-/.](\\d{1,2})[:\\-/.](\\d{1,2})(?:[ T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:[.,](\\d{1,9})\\d*)?)?)?"
                            + "\\s*(Z|[+-]\\d{2}:?\\d{2})?.*",
                    Pattern.DOTALL);
    private static final int FIRST_PHOTOGRAPH = 1826;

    /// Understands a time; empty for the zeros of a camera whose clock was never set, and for
    /// nonsense.
    static Optional<CameraTime> of(
            String text, @Nullable String fraction, @Nullable String offset) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            int second =
                    Math.min(
                            59, number(form.group(6))); // 60 is a leap second, or a careless camera
            LocalDateTime local =
                    LocalDateTime.of(
                            number(form.group(1)),
                            number(form.group(2)),
                            number(form.group(3)),
                            number(form.group(4)),
                            number(form.group(5)),
                            second,
                            nanos(form.group(7) == null ? fraction : form.group(7)));
            if (local.getYear() < FIRST_PHOTOGRAPH) {
                return Optional.empty();
            }
            ZoneOffset zone = zone(form.group(8) == null ? offset : form.group(8));
            return Optional.of(
                    new CameraTime(
                            local.toInstant(zone == null ? ZoneOffset.UTC : zone),
                            zone == null ? null : zone.getId()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(@Nullable String fraction) {
        String digits = fraction == null ? "" : fraction.strip();
        if (!digits.matches("[0-9]+")) {
            return 0;
        }
        return Integer.parseInt((digits + "000000000").substring(0, 9));
    }

    private static @Nullable ZoneOffset zone(@Nullable String text) {
        try {
            return text == null ? null : ZoneOffset.of(text.strip());
        } catch (DateTimeException e) {
            return null; // a time without a zone is still a time
        }
    }
}
