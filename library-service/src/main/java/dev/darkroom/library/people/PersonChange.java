package dev.darkroom.library.people;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody says about a person, as JSON. What is absent stays as it is; an empty text takes
/// it away.
///
/// @param name who it is
/// @param birthdate such as 1815-12-10
/// @param faceId the face to show for them; one of theirs
record PersonChange(
        @Nullable String name,
        @Nullable String notes,
        @Nullable String birthdate,
        @Nullable UUID faceId) {
    private static final int MOST_NAME = 255;
    private static final int MOST_NOTES = 10_000;

    PersonChange {
        name = checked("name", name, MOST_NAME);
        notes = checked("notes", notes, MOST_NOTES);
        if (birthdate != null && !birthdate.isEmpty()) {
            try {
                birthdate = LocalDate.parse(birthdate).toString();
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "birthdate must be a day such as 1815-12-10, or empty: " + birthdate, e);
            }
        }
    }

    /// Only a name.
    static @Nullable String checkedName(@Nullable String name) {
        String checked = checked("name", name, MOST_NAME);
        return checked == null || checked.isEmpty() ? null : checked;
    }

    private static @Nullable String checked(String what, @Nullable String text, int most) {
        if (text == null) {
            return null;
        }
        String stripped = text.strip();
        if (stripped.length() > most || stripped.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "%s has at most %d characters and no NUL".formatted(what, most));
        }
        return stripped;
    }
}
