package dev.darkroom.library.search;

import java.util.UUID;

/// A space that is searched now.
///
/// @param modelId name@digest of what made its vectors; a question must be of the same
/// @param index `hnsw`, `ivfflat` or `exact`
/// @param lists of an IVFFlat index, else 0
/// @param vectors about how many there are, as the planner knows it
record ActiveSpace(
        UUID id,
        String role,
        String modelId,
        int dimension,
        Metric metric,
        String index,
        int lists,
        long vectors) {
    /// What `efSearch` is meant for.
    private static final double SMALL = 100_000;

    boolean hasIndex() {
        return !index.equals("exact");
    }

    /// How many candidates an HNSW index has to keep to find as many of the nearest as in a space
    /// of a hundred thousand: twice as many for each tenfold. With 200, of a million 96 % were
    /// found (docs/search.md).
    int candidates(int efSearch) {
        return (int) Math.round(efSearch * Math.pow(2, Math.log10(Math.max(1, vectors / SMALL))));
    }
}
