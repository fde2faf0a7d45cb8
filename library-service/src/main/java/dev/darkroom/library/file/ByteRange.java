package dev.darkroom.library.file;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The bytes of a file that one answer carries: all of them, or one range (RFC 9110, section 14).
///
/// A server may ignore a Range header. We do so when it is malformed, counts other things than
/// bytes, or asks for several ranges at once, which nothing but an attack does with photos.
///
/// @param first where it starts, 0 is the first byte
/// @param length how many bytes
/// @param total how many the file has
/// @param isPart whether a range was asked for, be it the whole file
record ByteRange(long first, long length, long total, boolean isPart) {
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /// What a Range header asks for.
    ///
    /// @return empty when it lies outside of the file
    static Optional<ByteRange> of(@Nullable String header, long total) {
        Matcher range = ONE_RANGE.matcher(header == null ? "" : header.strip());
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return Optional.of(whole(total));
        }
        if (range.group(1).isEmpty()) {
            long suffix = Math.min(Long.parseLong(range.group(2)), total);
            return suffix == 0
                    ? Optional.empty()
                    : Optional.of(new ByteRange(total - suffix, suffix, total, true));
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? total - 1 : Long.parseLong(range.group(2));
        if (!range.group(2).isEmpty() && last < first) {
            return Optional.of(whole(total));
        }
        if (first >= total) {
            return Optional.empty();
        }
        return Optional.of(
                new ByteRange(first, Math.min(last, total - 1) - first + 1, total, true));
    }

    private static ByteRange whole(long total) {
        return new ByteRange(0, total, total, false);
    }

    String contentRange() {
        return String.format(Locale.ROOT, "bytes %d-%d/%d", first, first + length - 1, total);
    }
}
