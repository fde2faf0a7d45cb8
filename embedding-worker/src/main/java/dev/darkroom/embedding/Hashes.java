package dev.darkroom.embedding;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Done;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.vision.PerceptualHash;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The perceptual hashes, and the pairs of pictures whose hashes are near.
class Hashes {
    /// One transaction after the other, so that of two copies that arrive together the second sees
    /// the first.
    static final Sql TAKE_TURNS =
            new Sql("select pg_advisory_xact_lock(hashtext('perceptual_hashes'))");

    static final Sql PUT =
            new Sql(
                    """
                    insert into perceptual_hashes as h (asset_id, asset_version, pdq, quality)
                    select u.asset_id, u.version, u.pdq::bit(256), u.quality
                    from unnest(:ids::uuid[], :versions::bigint[], :hashes::text[], :qualities::int[])
                        as u (asset_id, version, pdq, quality)
                    join assets a on a.asset_id = u.asset_id
                    order by u.asset_id
                    on conflict (asset_id) do update set
                        asset_version = excluded.asset_version,
                        pdq = excluded.pdq,
                        quality = excluded.quality
                    where h.asset_version < excluded.asset_version
                    returning asset_id
                    """);

    static final Sql FORGET =
            new Sql(
                    """
                    delete from near_duplicates
                    where asset_id = any(:ids::uuid[]) or duplicate_id = any(:ids::uuid[])
                    """);

    /// The nearest are asked for, which is what the index answers, and the near ones kept.
    static final Sql PAIR =
            new Sql(
                    """
                    insert into near_duplicates (asset_id, duplicate_id, distance)
                    select least(h.asset_id, n.asset_id), greatest(h.asset_id, n.asset_id), n.distance
                    from perceptual_hashes h
                    cross join lateral (
                        select p.asset_id, p.pdq <~> h.pdq as distance
                        from perceptual_hashes p
                        where p.quality > 49
                        order by p.pdq <~> h.pdq
                        limit 40) n
                    where h.asset_id = any(:ids::uuid[]) and h.quality > 49
                        and n.asset_id <> h.asset_id and n.distance <= :near
                    on conflict do nothing
                    """);

    private final JdbcClient jdbc;

    Hashes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Writes the hashes of a batch in the running transaction, and pairs what is new.
    void put(List<Done<AssetCreated, Embedded>> done) {
        jdbc.sql(TAKE_TURNS.text()).query((_, _) -> true).single();
        String[] changed =
                jdbc.sql(PUT.text())
                        .param("ids", texts(done, one -> one.message().assetId()))
                        .param("versions", texts(done, one -> one.message().version()))
                        .param("hashes", texts(done, one -> one.result().hash().bits()))
                        .param("qualities", texts(done, one -> one.result().hash().quality()))
                        .query((row, _) -> row.getString(1))
                        .list()
                        .toArray(String[]::new);
        if (changed.length > 0) {
            jdbc.sql(FORGET.text()).param("ids", changed).update();
            jdbc.sql(PAIR.text()).param("ids", changed).param("near", PerceptualHash.NEAR).update();
        }
    }

    private static String[] texts(
            List<Done<AssetCreated, Embedded>> done,
            Function<Done<AssetCreated, Embedded>, Object> field) {
        return done.stream().map(one -> field.apply(one).toString()).toArray(String[]::new);
    }
}
