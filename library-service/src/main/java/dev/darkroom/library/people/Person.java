package dev.darkroom.library.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody, as JSON.
///
/// @param name absent until somebody says who it is
/// @param faces how many faces of theirs are in the library
/// @param assets in how many pictures
/// @param faceId the face that is shown for them: the one that was chosen, or the clearest
/// @param picture that face, as a JPEG; may be kept for ever
@JsonInclude(Include.NON_NULL)
record Person(
        UUID personId,
        @Nullable String name,
        @Nullable String notes,
        @Nullable LocalDate birthdate,
        long faces,
        long assets,
        @Nullable UUID faceId,
        @Nullable String picture,
        Instant createdAt,
        Links links) {
    /// Where to go from somebody.
    ///
    /// @param assets the pictures that they are in
    record Links(String self, String faces, String assets) {
        static Links of(UUID person) {
            String self = "/api/people/" + person;
            return new Links(self, self + "/faces", "/api/search?person=" + person);
        }
    }
}
