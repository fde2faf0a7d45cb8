package dev.darkroom.thumbnail;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.Ledger;
import dev.darkroom.schema.ThumbnailRequested;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The ledger of thumbnails that were asked for: a task of its own for each profile, which no asset
/// needs to be ready.
///
/// Guarded by the asset's version as `AssetLedger` is.
class RequestLedger implements Ledger<ThumbnailRequested> {
    static final Sql SETTLED =
            new Sql(
                    """
                    select t.asset_id::text, t.task, t.asset_version
                    from unnest(:assetIds::uuid[], :tasks::text[]) as u (asset_id, task)
                    join processing_tasks t on t.asset_id = u.asset_id and t.task = u.task
                    where t.status = 'completed'
                    """);

    static final Sql BEGIN =
            new Sql(
                    """
                    insert into processing_tasks as t
                        (asset_id, task, asset_version, required, priority, status, attempts, started_at)
                    select u.asset_id, u.task, u.version, false, 1, 'processing', 1, now()
                    from unnest(:assetIds::uuid[], :tasks::text[], :versions::bigint[])
                        as u (asset_id, task, version)
                    join assets a on a.asset_id = u.asset_id
                    order by u.asset_id, u.task
                    on conflict (asset_id, task) do update set
                        attempts = case when t.asset_version = excluded.asset_version then t.attempts + 1 else 1 end,
                        status = 'processing',
                        started_at = excluded.started_at,
                        completed_at = null,
                        asset_version = excluded.asset_version
                    where t.asset_version < excluded.asset_version
                        or (t.asset_version = excluded.asset_version and t.status <> 'completed')
                    """);

    static final Sql COMPLETE =
            new Sql(
                    """
                    update processing_tasks t set
                        status = 'completed',
                        completed_at = now(),
                        last_error = null,
                        processing_duration_seconds = u.seconds
                    from unnest(:assetIds::uuid[], :tasks::text[], :versions::bigint[], :seconds::numeric[])
                        as u (asset_id, task, version, seconds)
                    where t.asset_id = u.asset_id and t.task = u.task
                        and t.asset_version = u.version and t.status <> 'completed'
                    """);

    static final Sql FAIL =
            new Sql(
                    """
                    update processing_tasks t set
                        status = :status::task_status,
                        error_count = t.error_count + case when :status = 'skipped' then 0 else 1 end,
                        last_error = u.reason,
                        processing_duration_seconds = u.seconds
                    from unnest(:assetIds::uuid[], :tasks::text[], :versions::bigint[], :seconds::numeric[],
                        :reasons::text[]) as u (asset_id, task, version, seconds, reason)
                    where t.asset_id = u.asset_id and t.task = u.task
                        and t.asset_version = u.version and t.status <> 'completed'
                    """);

    private final JdbcClient jdbc;

    RequestLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<ThumbnailRequested> pending(List<ThumbnailRequested> requests) {
        Map<String, Long> settled = new HashMap<>();
        statement(SETTLED, requests)
                .query(
                        (ResultSet row) -> {
                            settled.put(row.getString(1) + row.getString(2), row.getLong(3));
                        });
        Map<String, ThumbnailRequested> newest = new LinkedHashMap<>();
        for (ThumbnailRequested request : requests) {
            String key = request.assetId() + task(request);
            if (request.version() > settled.getOrDefault(key, 0L)) {
                newest.merge(
                        key,
                        request,
                        (one, other) -> one.version() >= other.version() ? one : other);
            }
        }
        return new LinkedHashSet<>(newest.values());
    }

    @Override
    public void begin(List<ThumbnailRequested> requests) {
        statement(BEGIN, requests).param("versions", versions(requests)).update();
    }

    @Override
    public void complete(List<Done<ThumbnailRequested, ?>> done) {
        List<ThumbnailRequested> requests =
                done.stream().<ThumbnailRequested>map(Done::message).toList();
        statement(COMPLETE, requests)
                .param("versions", versions(requests))
                .param("seconds", seconds(done, Done::took))
                .update();
    }

    @Override
    public void fail(List<Failed<ThumbnailRequested>> failed) {
        settle("failed", failed);
    }

    @Override
    public void die(List<Failed<ThumbnailRequested>> failed) {
        settle("dead", failed);
    }

    @Override
    public void skip(List<Failed<ThumbnailRequested>> failed) {
        settle("skipped", failed);
    }

    private void settle(String status, List<Failed<ThumbnailRequested>> failed) {
        List<ThumbnailRequested> requests = failed.stream().map(Failed::message).toList();
        statement(FAIL, requests)
                .param("status", status)
                .param("versions", versions(requests))
                .param("seconds", seconds(failed, Failed::took))
                .param("reasons", failed.stream().map(Failed::reason).toArray(String[]::new))
                .update();
    }

    private JdbcClient.StatementSpec statement(Sql sql, Collection<ThumbnailRequested> requests) {
        return jdbc.sql(sql.text())
                .param(
                        "assetIds",
                        requests.stream()
                                .map(request -> request.assetId().toString())
                                .toArray(String[]::new))
                .param("tasks", requests.stream().map(RequestLedger::task).toArray(String[]::new));
    }

    private static String task(ThumbnailRequested request) {
        return AssetCreatedListener.TASK + "-" + request.size();
    }

    private static Long[] versions(List<ThumbnailRequested> requests) {
        return requests.stream().map(ThumbnailRequested::version).toArray(Long[]::new);
    }

    private static <T> String[] seconds(List<T> items, Function<T, Duration> took) {
        return items.stream()
                .map(item -> BigDecimal.valueOf(took.apply(item).toMillis(), 3).toString())
                .toArray(String[]::new);
    }
}
