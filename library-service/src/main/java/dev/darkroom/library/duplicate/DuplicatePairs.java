package dev.darkroom.library.duplicate;

import dev.darkroom.database.Sql;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The `near_duplicates` rows whose two assets are in the library.
class DuplicatePairs {
    static final Sql ALL =
            new Sql(
                    """
                    select d.asset_id, d.duplicate_id, d.distance
                    from near_duplicates d
                    join assets a on a.asset_id = d.asset_id and a.deleted_at is null
                    join assets b on b.asset_id = d.duplicate_id and b.deleted_at is null
                    where a.owner_id is not distinct from b.owner_id
                    """);

    private final JdbcClient jdbc;

    DuplicatePairs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Pair> all() {
        return jdbc.sql(ALL.text())
                .query(
                        (row, _) ->
                                new Pair(
                                        row.getObject("asset_id", UUID.class),
                                        row.getObject("duplicate_id", UUID.class),
                                        row.getInt("distance")))
                .list();
    }

    /// Two that look the same.
    ///
    /// @param distance in how many of 256 bits their hashes differ
    record Pair(UUID one, UUID other, int distance) {}
}
