package dev.darkroom.ingest;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.delivery.Work;
import dev.darkroom.schema.AssetReady;
import dev.darkroom.schema.AssetStalled;
import dev.darkroom.schema.Event;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
                        having bool_and(t.status = 'completed')
                    ) done
                    where a.asset_id = done.asset_id and done.version = a.version
                        and a.ready_version < a.version
                    returning a.asset_id, a.version, done.tasks
                    """);

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
                        .filter(change -> change.status().equals("completed"))
                        .map(change -> change.assetId().toString())
                        .distinct()
                        .toArray(String[]::new);
        if (completed.length > 0) {
            events.addAll(markReady(completed));
        }
        required.stream()
                .filter(change -> change.status().equals("dead"))
                .map(Readiness::stalled)
                .forEach(events::add);
        outbox.add(events);
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
