package dev.darkroom.embedding.space;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A space, as it stands.
///
/// @param index `hnsw`, `ivfflat` or `exact`
/// @param vectors how many photos of the library have a vector in it; of the role `face`, how many
///   its model has seen
/// @param photos how many could have one; those that cannot be decoded do not count
public record Space(
        UUID id,
        SpaceSpec spec,
        State state,
        String index,
        long vectors,
        long photos,
        @Nullable Instant activatedAt,
        @Nullable Instant retiredAt) {
    /// What is done with it.
    public enum State {
        /// It is filled; another one of its role serves.
        BUILDING,
        /// It is searched, and filled with what is new.
        ACTIVE,
        /// It stays as it is.
        RETIRED;

        static State ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        /// The name in the database and in answers.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The share of the photos that have a vector in it.
    public double coverage() {
        return photos == 0 ? 1 : (double) vectors / photos;
    }
}
