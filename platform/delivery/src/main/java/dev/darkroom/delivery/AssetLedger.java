package dev.darkroom.delivery;

import dev.darkroom.database.Sql;
import dev.darkroom.schema.AssetCreated;
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
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The ledger of a worker that consumes `asset-created`.
///
/// Every write is guarded by the asset's version: what comes late never overwrites what is newer. A
/// row of an asset that was deleted meanwhile is not written at all.
public final class AssetLedger implements Ledger<AssetCreated> {
    static final Sql SETTLED =
            new Sql(
                    """
                    select t.asset_id, t.asset_version
                    from processing_tasks t
                    where t.task = :task and t.status = 'completed' and t.asset_id = any(:assetIds::uuid[])
                    """);

    /// A row that nobody has queued is of a task that no asset needs to be ready.
    static final Sql BEGIN =
            new Sql(
                    """
                    insert into processing_tasks as t
                        (asset_id, task, asset_version, priority, status, required, attempts, started_at)
                    select u.asset_id, :task, u.version, u.priority, 'processing', false, 1, now()
                    from unnest(:assetIds::uuid[], :versions::bigint[], :priorities::int[])
                        as u (asset_id, version, priority)
                    join assets a on a.asset_id = u.asset_id
                    order by u.asset_id
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
                    from unnest(:assetIds::uuid[], :versions::bigint[], :seconds::numeric[])
                        as u (asset_id, version, seconds)
                    where t.asset_id = u.asset_id and t.task = :task
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
                    from unnest(:assetIds::uuid[], :versions::bigint[], :seconds::numeric[], :reasons::text[])
                        as u (asset_id, version, seconds, reason)
                    where t.asset_id = u.asset_id and t.task = :task
                        and t.asset_version = u.version and t.status <> 'completed'
                    """);

    private final JdbcClient jdbc;
    private final String task;
    private final Predicate<AssetCreated> applies;
    private final Outdated outdated;

    /// Finds what is completed and has to be done again all the same, by another model, say. Its
    /// row stays completed meanwhile, as the results that are there still serve.
    public interface Outdated {
        /// Those of these assets.
        ///
        /// @param assets the newest message of each asset that the task is for
        Set<UUID> among(Collection<AssetCreated> assets);
    }

    /// A task that is done for good.
    ///
    /// @param task the name in the column `task`
    /// @param applies which assets the task is for; others leave no row
    public AssetLedger(JdbcClient jdbc, String task, Predicate<AssetCreated> applies) {
        this(jdbc, task, applies, _ -> Set.of());
    }

    /// A task that may have to be done again.
    public AssetLedger(
            JdbcClient jdbc, String task, Predicate<AssetCreated> applies, Outdated outdated) {
        this.jdbc = jdbc;
        this.task = task;
        this.applies = applies;
        this.outdated = outdated;
    }

    @Override
    public Set<AssetCreated> pending(List<AssetCreated> messages) {
        Map<UUID, Long> settled = new HashMap<>();
        jdbc.sql(SETTLED.text())
                .param("task", task)
                .param("assetIds", ids(messages))
                .query(
                        (ResultSet row) -> {
                            settled.put(row.getObject(1, UUID.class), row.getLong(2));
                        });
        Map<UUID, AssetCreated> newest = newest(messages);
        if (newest.isEmpty()) {
            return Set.of();
        }
        Set<UUID> again = outdated.among(newest.values());
        Set<AssetCreated> pending = new LinkedHashSet<>();
        newest.forEach(
                (id, message) -> {
                    if (message.version() > settled.getOrDefault(id, 0L) || again.contains(id)) {
                        pending.add(message);
                    }
                });
        return pending;
    }

    private Map<UUID, AssetCreated> newest(List<AssetCreated> messages) {
        Map<UUID, AssetCreated> newest = new LinkedHashMap<>();
        for (AssetCreated message : messages) {
            if (applies.test(message)) {
                newest.merge(
                        message.assetId(),
                        message,
                        (one, other) -> one.version() >= other.version() ? one : other);
            }
        }
        return newest;
    }

    @Override
    public void begin(List<AssetCreated> messages) {
        jdbc.sql(BEGIN.text())
                .param("task", task)
                .param("assetIds", ids(messages))
                .param("versions", versions(messages))
                .param(
                        "priorities",
                        messages.stream().map(AssetCreated::priority).toArray(Integer[]::new))
                .update();
    }

    @Override
    public void complete(List<Done<AssetCreated, ?>> done) {
        List<AssetCreated> messages = done.stream().<AssetCreated>map(Done::message).toList();
        jdbc.sql(COMPLETE.text())
                .param("task", task)
                .param("assetIds", ids(messages))
                .param("versions", versions(messages))
                .param("seconds", seconds(done, Done::took))
                .update();
    }

    @Override
    public void fail(List<Failed<AssetCreated>> failed) {
        settle("failed", failed);
    }

    @Override
    public void die(List<Failed<AssetCreated>> failed) {
        settle("dead", failed);
    }

    @Override
    public void skip(List<Failed<AssetCreated>> failed) {
        settle("skipped", failed);
    }

    private void settle(String status, List<Failed<AssetCreated>> failed) {
        List<AssetCreated> messages = failed.stream().map(Failed::message).toList();
        jdbc.sql(FAIL.text())
                .param("task", task)
                .param("status", status)
                .param("assetIds", ids(messages))
                .param("versions", versions(messages))
                .param("seconds", seconds(failed, Failed::took))
                .param("reasons", failed.stream().map(Failed::reason).toArray(String[]::new))
                .update();
    }

    // The driver takes arrays of text, and the statements cast them: it knows no arrays of uuid or
    // numeric.
    private static String[] ids(List<AssetCreated> messages) {
        return messages.stream()
                .map(message -> message.assetId().toString())
                .toArray(String[]::new);
    }

    private static Long[] versions(List<AssetCreated> messages) {
        return messages.stream().map(AssetCreated::version).toArray(Long[]::new);
    }

    private static <T> String[] seconds(List<T> items, Function<T, Duration> took) {
        return items.stream()
                .map(item -> BigDecimal.valueOf(took.apply(item).toMillis(), 3).toString())
                .toArray(String[]::new);
    }
}
