package dev.darkroom.library.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/// A place in an order by time, newest first, then id, then name: where a page ended.
///
/// A client gets it as an opaque cursor. A page is everything after a position, so rows that are
/// added or removed elsewhere meanwhile neither repeat nor hide a row.
///
/// @param time microseconds count, as in the database
/// @param name orders rows of one id, empty where an id has one row
public record Position(Instant time, UUID id, String name) {
    private static final byte FORM = 1;
    private static final int FIXED_BYTES = 1 + Long.BYTES + 2 * Long.BYTES;
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{0,64}");
    // PostgreSQL knows no time before 4713 BC.
    private static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");

    public Position {
        time = time.truncatedTo(ChronoUnit.MICROS);
        if (time.isBefore(EARLIEST)) {
            throw new IllegalArgumentException("time is before 4713 BC: " + time);
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain name: " + name);
        }
    }

    /// A position where an id has one row.
    public Position(Instant time, UUID id) {
        this(time, id, "");
    }

    /// The form that clients hand back.
    public String cursor() {
        byte[] suffix = name.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + suffix.length);
        bytes.put(FORM).putLong(ChronoUnit.MICROS.between(Instant.EPOCH, time));
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        bytes.put(suffix);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// Reads a cursor.
    ///
    /// @throws BrokenCursor when it is not one that [#cursor] made
    public static Position ofCursor(String cursor) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() < FIXED_BYTES || bytes.get() != FORM) {
                throw new BrokenCursor(cursor);
            }
            Instant time = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            return new Position(time, id, StandardCharsets.ISO_8859_1.decode(bytes).toString());
        } catch (IllegalArgumentException e) {
            throw new BrokenCursor(cursor, e);
        }
    }
}
