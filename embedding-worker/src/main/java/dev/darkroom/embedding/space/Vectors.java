package dev.darkroom.embedding.space;

import dev.darkroom.database.Sql;
import dev.darkroom.schema.AssetCreated;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The `embeddings` rows.
public class Vectors {
    /// The fence: what is made for a space that was retired meanwhile goes nowhere. The lock holds
    /// a switch of spaces back until these rows are in, or these rows back until it is done.
    static final Sql LOCK_OPEN =
            new Sql(
                    """
                    select space_id from embedding_spaces
                    where space_id = any(:spaces::uuid[]) and state <> 'retired'
                    order by space_id
                    for share
                    """);

    static final Sql DELETE_OLDER =
            new Sql(
                    """
                    delete from embeddings e
                    using unnest(:ids::uuid[], :versions::bigint[], :spaces::uuid[]) as u (asset_id, version, space_id)
                    where e.asset_id = u.asset_id and e.space_id = u.space_id and e.asset_version < u.version
                    """);

    /// What is there already stays: it is of this version, or of a later one. An asset that was
    /// deleted meanwhile gets no row.
    static final Sql ADD =
            new Sql(
                    """
                    insert into embeddings (asset_id, space_id, asset_version, dimension, embedding)
                    select u.asset_id, s.space_id, u.version, s.dimension, u.vector::halfvec
                    from unnest(:ids::uuid[], :versions::bigint[], :spaces::uuid[], :vectors::text[])
                        as u (asset_id, version, space_id, vector)
                    join assets a on a.asset_id = u.asset_id
                    join embedding_spaces s on s.space_id = u.space_id
                    order by s.space_id, u.asset_id
                    on conflict do nothing
                    """);

    static final Sql MISSING =
            new Sql(
                    """
                    select distinct u.asset_id
                    from unnest(:ids::uuid[], :versions::bigint[]) as u (asset_id, version)
                    join assets a on a.asset_id = u.asset_id
                    cross join unnest(:spaces::uuid[]) as s (space_id)
                    where not exists (
                        select from embeddings e
                        where e.asset_id = u.asset_id and e.space_id = s.space_id and e.asset_version >= u.version)
                    """);

    private final JdbcClient jdbc;

    public Vectors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// One vector of one asset for one space.
    @SuppressWarnings("ArrayRecordComponent") // read only; never compared
    public record Vector(UUID assetId, long version, UUID spaceId, float[] values) {}

    /// Writes those whose space is not retired, in the running transaction.
    public void put(List<Vector> vectors) {
        Set<UUID> open = lockOpen(vectors);
        List<Vector> wanted = vectors.stream().filter(one -> open.contains(one.spaceId())).toList();
        if (wanted.isEmpty()) {
            return;
        }
        jdbc.sql(DELETE_OLDER.text())
                .param("ids", texts(wanted, Vector::assetId))
                .param("versions", texts(wanted, Vector::version))
                .param("spaces", texts(wanted, Vector::spaceId))
                .update();
        jdbc.sql(ADD.text())
                .param("ids", texts(wanted, Vector::assetId))
                .param("versions", texts(wanted, Vector::version))
                .param("spaces", texts(wanted, Vector::spaceId))
                .param("vectors", texts(wanted, one -> Arrays.toString(one.values())))
                .update();
    }

    /// Those of these assets that one of the spaces has no vector of.
    public Set<UUID> missing(Collection<AssetCreated> assets, Collection<UUID> spaces) {
        return jdbc.sql(MISSING.text())
                .param("ids", texts(assets, AssetCreated::assetId))
                .param("versions", texts(assets, AssetCreated::version))
                .param("spaces", texts(spaces, id -> id))
                .query((row, _) -> row.getObject(1, UUID.class))
                .set();
    }

    private Set<UUID> lockOpen(List<Vector> vectors) {
        return jdbc.sql(LOCK_OPEN.text())
                .param("spaces", texts(vectors, Vector::spaceId))
                .query((row, _) -> row.getObject(1, UUID.class))
                .set();
    }

    private static <T> String[] texts(Collection<T> items, Function<T, Object> field) {
        return items.stream().map(item -> field.apply(item).toString()).toArray(String[]::new);
    }
}
