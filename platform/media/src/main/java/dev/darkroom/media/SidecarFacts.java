package dev.darkroom.media;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an XMP sidecar says about the file beside it, cleaned as [MediaFacts] are. What it does not
/// say is null.
///
/// @param rating 1 to 5 stars, 0 for none; -1 for a picture that was rejected
/// @param keywords in the order of the file, none twice
/// @param takenAt without an offset in the file it is read as UTC
/// @param takenAtOffset the offset the file states, such as `+02:00`
/// @param latitude degrees, north positive; with longitude or not at all
/// @param longitude degrees, east positive
/// @param altitude metres above sea level
public record SidecarFacts(
        @Nullable String title,
        @Nullable String description,
        @Nullable Integer rating,
        List<String> keywords,
        @Nullable Instant takenAt,
        @Nullable String takenAtOffset,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable Double altitude) {

    public SidecarFacts {
        keywords = List.copyOf(keywords);
        if (rating != null && (rating < -1 || rating > 5)) {
            throw new IllegalArgumentException("rating must be -1 to 5: " + rating);
        }
        if ((latitude == null) != (longitude == null)) {
            throw new IllegalArgumentException("a position has a latitude and a longitude");
        }
    }
}
