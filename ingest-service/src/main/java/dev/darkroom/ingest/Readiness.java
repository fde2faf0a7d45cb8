package dev.darkroom.ingest;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.delivery.Work;
import dev.darkroom.schema.AssetReady;
import dev.darkroom.schema.AssetStalled;
import dev.darkroom.schema.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Says when an asset is ready, or will not get there without help.
///
/// It follows the ledger's changes rather than asking the workers, so whichever task is last says
/// so, and two that end at the same moment cannot both believe the other one is still running.
class Readiness implements Work<TaskChange, TaskChange> {
    /// Also in the trash: an asset that comes out of it is as ready as its slices are.
    static final Sql MARK_READY =
            new Sql(
                    """
                    update assets a set ready_version = a.version
                    from (
                        select t.asset_id, min(t.asset_version) as version, array_agg(t.task order by t.task) as tasks
                        from processing_tasks t
                        where t.asset_id = any(:ids::uuid[]) and t.required
                        group by t.asset_id
                        having bool_and(t.status in ('completed', 'skipped'))
                    ) done
                    where a.asset_id = done.asset_id and done.version = a.version
                        and a.ready_version < a.version
                    returning a.asset_id, a.version, done.tasks
                    """);

    /// Whether others see what these transactions have done. The log has a commit a moment before,
    /// and the change streams are fast enough to tell of it in between. A transaction's number is
    /// the low half of the one that snapshots know.
    static final Sql ALL_SEEN =
            new Sql(
                    """
                    select coalesce(bool_and(pg_visible_in_snapshot(x.number::text::xid8, x.snapshot)), true)
                    from (
                        select s.snapshot, s.next - s.next % 4294967296 + u.low + case
                                when u.low - s.next % 4294967296 > 2147483648 then -4294967296
                                when s.next % 4294967296 - u.low > 2147483648 then 4294967296
                                else 0 end as number
                        from unnest(:transactions::bigint[]) u (low), (
                            select pg_current_snapshot() as snapshot,
                                pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next) s
                    ) x
                    """);

    /// What is skipped will not come, and nobody has to wait for it.
    private static final Set<String> SETTLED = Set.of("completed", "skipped");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final Outbox outbox;

    Readiness(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    @Override
    public TaskChange perform(TaskChange change) {
        return change;
    }

    @Override
    public void record(List<Done<TaskChange, TaskChange>> done) {
        List<TaskChange> required =
                done.stream().map(Done::message).filter(TaskChange::required).toList();
        List<Event> events = new ArrayList<>();
        String[] completed =
                required.stream()
                        .filter(change -> SETTLED.contains(change.status()))
                        .map(change -> change.assetId().toString())
                        .distinct()
                        .toArray(String[]::new);
        if (completed.length > 0) {
            awaitSeen(required);
            events.addAll(markReady(completed));
        }
        required.stream()
                .filter(change -> change.status().equals("dead"))
                .map(Readiness::stalled)
                .forEach(events::add);
        outbox.add(events);
    }

    private void awaitSeen(List<TaskChange> changes) {
        String[] transactions =
                changes.stream()
                        .filter(change -> change.transaction() != 0)
                        .map(change -> Long.toString(change.transaction()))
                        .distinct()
                        .toArray(String[]::new);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!allSeen(transactions)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "the log says that these transactions are committed, and nobody sees them: "
                                + String.join(", ", transactions));
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private boolean allSeen(String[] transactions) {
        return jdbc.sql(ALL_SEEN.text())
                .param("transactions", transactions)
                .query(Boolean.class)
                .single();
    }

    private List<AssetReady> markReady(String[] assetIds) {
        Instant now = Instant.now();
        return jdbc.sql(MARK_READY.text())
                .param("ids", assetIds)
                .query(
                        (row, _) ->
                                new AssetReady(
                                        row.getObject(1, UUID.class),
                                        row.getLong(2),
                                        Arrays.asList((String[]) row.getArray(3).getArray()),
                                        now))
                .list();
    }

    private static AssetStalled stalled(TaskChange change) {
        return new AssetStalled(
                change.assetId(),
                change.assetVersion(),
                change.task(),
                Objects.requireNonNullElse(change.lastError(), "no reason was given"),
                OffsetDateTime.parse(change.updatedAt()).toInstant());
    }
}
