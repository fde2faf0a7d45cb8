package dev.darkroom.library.search;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody looks for. With neither words nor a picture: all that pass the filter, newest
/// first.
///
/// @param words part of a file name, words of name, text, camera, tags and species, colours, and
///   what is in the picture where a model knows that
/// @param similarTo the picture that answers look like
/// @param role which space says what is alike, such as `visual`; the best that is there when absent
/// @param minSimilarity 1 - distance, at least; for `similarTo`
/// @param exact compare with every vector, whatever it costs
record SearchQuery(
        @Nullable String words,
        @Nullable UUID similarTo,
        @Nullable String role,
        @Nullable Double minSimilarity,
        SearchFilter filter,
        boolean exact) {
    SearchQuery {
        if (words != null) {
            words = words.isBlank() ? null : words.strip();
        }
        if (words != null && similarTo != null) {
            throw new IllegalArgumentException(
                    "q and similarTo are two searches: give one of them, and filters with it");
        }
        if (minSimilarity != null && similarTo == null) {
            throw new IllegalArgumentException("minSimilarity needs similarTo");
        }
    }
}
