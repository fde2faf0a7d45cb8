package dev.darkroom.library.search;

import java.util.UUID;

/// A space that is searched now.
///
/// @param modelId name@digest of what made its vectors; a question must be of the same
/// @param index `hnsw`, `ivfflat` or `exact`
/// @param lists of an IVFFlat index, else 0
record ActiveSpace(
        UUID id,
        String role,
        String modelId,
        int dimension,
        Metric metric,
        String index,
        int lists) {
    boolean hasIndex() {
        return !index.equals("exact");
    }
}
