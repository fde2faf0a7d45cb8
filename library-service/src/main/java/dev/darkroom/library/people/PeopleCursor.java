package dev.darkroom.library.people;

import dev.darkroom.library.page.BrokenCursor;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/// A place in the list of people: those with a name by their names, then those without by how many
/// faces they have.
///
/// @param name in small letters; empty for those without
/// @param faces of those without a name, else 0
record PeopleCursor(boolean unnamed, String name, long faces, UUID id) {
    private static final byte FORM = 3;

    /// Before everybody.
    static final PeopleCursor START = new PeopleCursor(false, "", 0, new UUID(0, 0));

    /// The form that clients hand back.
    String text() {
        byte[] letters = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(2 + 3 * Long.BYTES + letters.length);
        bytes.put(FORM).put((byte) (unnamed ? 1 : 0)).putLong(faces);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.put(letters).array());
    }

    /// Reads a cursor.
    ///
    /// @throws BrokenCursor when it is not one that [#text] made
    static PeopleCursor parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.get() != FORM) {
                throw new BrokenCursor(text);
            }
            boolean unnamed = bytes.get() != 0;
            long faces = bytes.getLong();
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            String name = StandardCharsets.UTF_8.decode(bytes).toString();
            if (name.indexOf('\0') >= 0) {
                throw new BrokenCursor(text);
            }
            return new PeopleCursor(unnamed, name, faces, id);
        } catch (BufferUnderflowException e) {
            throw new BrokenCursor(text, new IllegalArgumentException(e));
        } catch (IllegalArgumentException e) {
            throw new BrokenCursor(text, e);
        }
    }
}
