package dev.darkroom.library.search;

import dev.darkroom.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The spaces that are searched, one for each role, and the vectors that single assets have there.
/// Faces are compared elsewhere: theirs are not an asset's.
class ActiveSpaces {
    /// Asked for each search: a switch of spaces counts from the next search on.
    static final Sql ALL =
            new Sql(
                    """
                    select s.space_id, s.role, s.model_id, s.dimension, s.metric, s.index_kind, s.index_lists,
                        (select greatest(c.reltuples, 0)::bigint from pg_class c
                            where c.relname = space_partition(s.space_id)
                                and c.relnamespace = 'vectors'::regnamespace) as vectors
                    from embedding_spaces s where s.state = 'active' and s.role <> 'face'
                    order by s.role
                    """);

    static final Sql VECTOR =
            new Sql(
                    """
                    select embedding::text from embeddings
                    where space_id = :space::uuid and asset_id = :asset::uuid
                    """);

    private final JdbcClient jdbc;

    ActiveSpaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<ActiveSpace> all() {
        return jdbc.sql(ALL.text()).query((row, _) -> space(row)).list();
    }

    /// In PostgreSQL's form, `[1,2,…]`.
    Optional<String> vectorOf(UUID assetId, ActiveSpace space) {
        return jdbc.sql(VECTOR.text())
                .param("space", space.id().toString())
                .param("asset", assetId.toString())
                .query(String.class)
                .optional();
    }

    private static ActiveSpace space(ResultSet row) throws SQLException {
        return new ActiveSpace(
                row.getObject("space_id", UUID.class),
                row.getString("role"),
                row.getString("model_id"),
                row.getInt("dimension"),
                Metric.ofWireName(row.getString("metric")),
                row.getString("index_kind"),
                row.getInt("index_lists"),
                row.getLong("vectors"));
    }
}
