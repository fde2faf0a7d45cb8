package dev.darkroom.library.search;

import dev.darkroom.schema.AssetType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What every answer must be. What is absent does not matter; what is in the trash never answers.
///
/// @param from taken then or later; uploaded, where nobody knows when it was taken
/// @param to taken before then
/// @param camera part of make and model
/// @param tag the name of a tag, in any case
/// @param person whose face is in it
record SearchFilter(
        @Nullable AssetType type,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String camera,
        @Nullable Near near,
        @Nullable UUID album,
        @Nullable String tag,
        @Nullable UUID person) {
    static final SearchFilter NONE =
            new SearchFilter(null, null, null, null, null, null, null, null);

    SearchFilter {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "from must be before to: %s, %s".formatted(from, to));
        }
    }

    /// Whether it lets everything through.
    boolean isNone() {
        return equals(NONE);
    }
}
