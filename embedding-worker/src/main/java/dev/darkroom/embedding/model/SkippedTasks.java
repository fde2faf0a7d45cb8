package dev.darkroom.embedding.model;

import dev.darkroom.database.Sql;
import dev.darkroom.schema.AssetCreated;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The ledger rows of tasks that nothing here can do, each with the line that would change that.
public class SkippedTasks {
    /// What a model has done for this version or a later one stays.
    static final Sql PUT =
            new Sql(
                    """
                    insert into processing_tasks as t
                        (asset_id, task, asset_version, priority, status, required, last_error)
                    select u.asset_id, k.task, u.version, u.priority, 'skipped', false, k.reason
                    from unnest(:ids::uuid[], :versions::bigint[], :priorities::int[])
                        as u (asset_id, version, priority)
                    join assets a on a.asset_id = u.asset_id
                    cross join unnest(:tasks::text[], :reasons::text[]) as k (task, reason)
                    order by u.asset_id, k.task
                    on conflict (asset_id, task) do update set
                        asset_version = excluded.asset_version,
                        status = excluded.status,
                        last_error = excluded.last_error
                    where t.asset_version < excluded.asset_version
                    """);

    private final JdbcClient jdbc;
    private final Capabilities capabilities;

    public SkippedTasks(JdbcClient jdbc, Capabilities capabilities) {
        this.jdbc = jdbc;
        this.capabilities = capabilities;
    }

    /// Writes the rows of a batch in the running transaction.
    public void put(List<AssetCreated> assets) {
        Map<String, String> reasons = new TreeMap<>();
        capabilities
                .missing()
                .forEach(
                        (capability, reason) ->
                                capability.task().ifPresent(task -> reasons.put(task, reason)));
        if (reasons.isEmpty()) {
            return;
        }
        jdbc.sql(PUT.text())
                .param("ids", texts(assets, AssetCreated::assetId))
                .param("versions", texts(assets, AssetCreated::version))
                .param("priorities", texts(assets, AssetCreated::priority))
                .param("tasks", reasons.keySet().toArray(String[]::new))
                .param("reasons", reasons.values().toArray(String[]::new))
                .update();
    }

    private static <T> String[] texts(Collection<T> items, Function<T, Object> field) {
        return items.stream().map(item -> field.apply(item).toString()).toArray(String[]::new);
    }
}
