package dev.darkroom.ingest.asset;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.schema.AssetType;
import dev.darkroom.schema.AssetUpdated;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Photos and the short videos that were taken with them: `assets.live_video_id`.
///
/// A pair has one owner and one repository, and either the same content identifier, or the same
/// name and time with a video of at most ten seconds. Which of them comes first does not matter,
/// and neither does how often: each time the best video is chosen anew from what is there.
class LivePairs {
    /// Two that arrive at once must not overlook each other: whoever is second waits for the
    /// first's commit, and its next statement sees it.
    static final Sql LOCK =
            new Sql(
                    """
                    select pg_advisory_xact_lock(k.key) from (
                        select distinct hashtextextended(n.name, 1279874629) as key
                        from assets a,
                            lateral (values (a.content_identifier), (asset_base_name(a.original_filename)))
                                as n (name)
                        where a.asset_id = any(:ids::uuid[]) and n.name is not null
                        order by 1) k
                    """);

    /// The photos that are or may become halves of the given assets' pairs, each with its best
    /// video. Cameras write local time and videos UTC, so times that differ by whole quarters of an
    /// hour are the same.
    static final Sql PAIR =
            new Sql(
                    """
                    update assets p set live_video_id = best.video_id
                    from (
                        select c.asset_id, (
                            select v.asset_id from assets v
                            where v.asset_type = 'video' and v.deleted_at is null
                                and v.repository_id = c.repository_id
                                and v.owner_id is not distinct from c.owner_id
                                and (v.content_identifier = c.content_identifier
                                    or asset_base_name(v.original_filename)
                                            = asset_base_name(c.original_filename)
                                        and (v.content_identifier is null or c.content_identifier is null)
                                        and v.duration_seconds <= 10
                                        and abs(extract(epoch from v.taken_at - c.taken_at)) < 15 * 3600
                                        and abs(mod(extract(epoch from v.taken_at - c.taken_at) + 54450, 900)
                                            - 450) <= 3)
                            order by v.content_identifier = c.content_identifier desc nulls last, v.asset_id
                            limit 1) as video_id
                        from assets c
                        where c.asset_type = 'photo' and c.asset_id in (
                            select a.asset_id from assets a where a.asset_id = any(:ids::uuid[])
                            union
                            select a.asset_id from assets a where a.live_video_id = any(:ids::uuid[])
                            union
                            select a.asset_id from assets n
                                join assets a on a.content_identifier = n.content_identifier
                            where n.asset_id = any(:ids::uuid[])
                            union
                            select a.asset_id from assets n
                                join assets a on asset_base_name(a.original_filename)
                                    = asset_base_name(n.original_filename)
                            where n.asset_id = any(:ids::uuid[]) and n.asset_type = 'video'
                                and a.asset_type = 'photo')
                    ) best
                    where p.asset_id = best.asset_id and p.live_video_id is distinct from best.video_id
                    returning p.asset_id, p.version
                    """);

    private final JdbcClient jdbc;
    private final Outbox outbox;

    LivePairs(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /// Pairs what was written in the running transaction, as its last change of `assets`.
    void pair(List<NewAsset> written) {
        String[] ids =
                written.stream()
                        .filter(LivePairs::mayBeHalf)
                        .map(asset -> asset.id().toString())
                        .toArray(String[]::new);
        if (ids.length == 0) {
            return;
        }
        jdbc.sql(LOCK.text()).param("ids", ids).query((row, _) -> row.getRow()).list();
        Instant now = Instant.now();
        outbox.add(
                jdbc.sql(PAIR.text())
                        .param("ids", ids)
                        .query(
                                (row, _) ->
                                        new AssetUpdated(
                                                row.getObject(1, UUID.class),
                                                row.getLong(2),
                                                List.of("live_video_id"),
                                                now))
                        .list());
    }

    private static boolean mayBeHalf(NewAsset asset) {
        AssetType type = asset.content().type();
        return type == AssetType.PHOTO || type == AssetType.VIDEO;
    }
}
