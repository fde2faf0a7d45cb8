package dev.darkroom.library.search;

import dev.darkroom.library.page.BrokenCursor;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/// Where a page of answers ended.
///
/// @param key that of the last [Hit]
/// @param id breaks ties
/// @param seen how many answers came before: an index is good at the first, not at the thousandth
record SearchCursor(long key, UUID id, int seen) {
    private static final byte FORM = 2;
    private static final int BYTES = 1 + 3 * Long.BYTES + Integer.BYTES;

    /// The form that clients hand back.
    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).put(FORM).putLong(key);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        bytes.putInt(seen);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// Reads a cursor.
    ///
    /// @throws BrokenCursor when it is not one that [#text] made
    static SearchCursor parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != BYTES || bytes.get() != FORM) {
                throw new BrokenCursor(text);
            }
            long key = bytes.getLong();
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            return new SearchCursor(key, id, Math.max(bytes.getInt(), 0));
        } catch (IllegalArgumentException e) {
            throw new BrokenCursor(text, e);
        }
    }
}
