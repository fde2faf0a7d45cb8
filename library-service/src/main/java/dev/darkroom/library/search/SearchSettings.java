package dev.darkroom.library.search;

import dev.darkroom.database.Sql;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What PostgreSQL and pgvector are told for the running transaction, before a search.
final class SearchSettings {
    /// One round trip. Generic plans are off: they know neither the partition nor which parts of
    /// the filter are absent. An index that is not done with enough answers goes on by itself.
    static final Sql SET =
            new Sql(
                    """
                    select set_config('plan_cache_mode', 'force_custom_plan', true),
                        set_config('hnsw.ef_search', :efSearch, true),
                        set_config('hnsw.iterative_scan', 'strict_order', true),
                        set_config('ivfflat.probes', :probes, true),
                        set_config('ivfflat.iterative_scan', 'relaxed_order', true)
                    """);

    /// The most that pgvector takes.
    private static final int MAX_EF_SEARCH = 1_000;

    private SearchSettings() {}

    /// @param efSearch how many candidates an HNSW index keeps in a space of ordinary size
    /// @param wanted how many answers are wanted
    static void apply(JdbcClient jdbc, ActiveSpace space, int efSearch, int wanted) {
        int candidates =
                Math.clamp(
                        wanted, Math.min(space.candidates(efSearch), MAX_EF_SEARCH), MAX_EF_SEARCH);
        // A tenth of the lists, the root of pgvector's advice for large tables being less exact.
        int probes = Math.max(10, space.lists() / 10);
        jdbc.sql(SET.text())
                .param("efSearch", Integer.toString(candidates))
                .param("probes", Integer.toString(probes))
                .query((_, _) -> true)
                .single();
    }
}
