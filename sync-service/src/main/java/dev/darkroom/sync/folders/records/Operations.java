package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `sync_operations`, and the numbers of operations.
public final class Operations {
    /// Gives the repository's next generation to a new operation. Only the holder of the lease can.
    static final Sql BEGIN =
            new Sql(
                    """
                    with next as (
                        update repository_sync set generation = generation + 1
                        where repository_id = :repositoryId::uuid and (paused is null or :type = 'undo')
                        returning generation)
                    insert into sync_operations (repository_id, operation_type, scan_generation, undoes)
                    select :repositoryId::uuid, :type, generation, :undoes::bigint from next
                    returning operation_id, scan_generation
                    """);

    static final Sql COUNT =
            new Sql(
                    """
                    update sync_operations
                    set files_scanned = :scanned, files_added = :added, files_updated = :updated,
                        files_removed = :removed, files_moved = :moved, files_held = :held,
                        folders_unreadable = :unreadable
                    where operation_id = :id
                    """);

    static final Sql END =
            new Sql(
                    """
                    update sync_operations
                    set files_scanned = :scanned, files_added = :added, files_updated = :updated,
                        files_removed = :removed, files_moved = :moved, files_held = :held,
                        folders_unreadable = :unreadable, status = :status, error_message = :error,
                        end_time = clock_timestamp(),
                        duration_ms = extract(epoch from clock_timestamp() - start_time) * 1000
                    where operation_id = :id
                    """);

    static final Sql SET_STATUS =
            new Sql(
                    """
                    update sync_operations set status = :status, error_message = :error
                    where operation_id = :id
                    """);

    static final Sql INTERRUPT =
            new Sql(
                    """
                    update sync_operations
                    set status = 'failed', end_time = clock_timestamp(),
                        duration_ms = extract(epoch from clock_timestamp() - start_time) * 1000,
                        error_message = 'interrupted: the instance that ran it is gone; a new scan follows'
                    where repository_id = :repositoryId::uuid and status = 'running'
                    """);

    static final Sql FIND =
            new Sql(
                    """
                    select operation_id, repository_id, operation_type, scan_generation, files_scanned, files_added,
                        files_updated, files_removed, files_moved, files_held, folders_unreadable, start_time, end_time,
                        duration_ms, status, error_message, undoes
                    from sync_operations where operation_id = :id
                    """);

    static final Sql LIST =
            new Sql(
                    """
                    select operation_id, repository_id, operation_type, scan_generation, files_scanned, files_added,
                        files_updated, files_removed, files_moved, files_held, folders_unreadable, start_time, end_time,
                        duration_ms, status, error_message, undoes
                    from sync_operations
                    where (:repositoryId::uuid is null or repository_id = :repositoryId::uuid)
                        and (:status::text is null or status = :status)
                    order by operation_id desc limit :limit
                    """);

    static final Sql RECENTLY_REMOVED =
            new Sql(
                    """
                    select coalesce(sum(files_removed), 0) from sync_operations
                    where repository_id = :repositoryId::uuid and operation_type = 'realtime'
                        and start_time > now() - make_interval(secs => :seconds) and status = 'completed'
                        and (error_message is null or error_message not like 'confirmed:%')
                    """);

    private final JdbcClient jdbc;

    public Operations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// An operation that has begun.
    public record Begun(long id, long generation) {}

    /// A row of `sync_operations`.
    ///
    /// @param error why it failed or is held, or what an operator should know
    /// @param undoes the operation that it took back
    public record Operation(
            long id,
            UUID repositoryId,
            String type,
            long generation,
            Counts counts,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Long durationMillis,
            String status,
            @Nullable String error,
            @Nullable Long undoes) {}

    /// Begins an operation, in a transaction of the holder of the lease.
    ///
    /// @throws RepositoryPaused unless it is an undoing
    public Begun begin(UUID repositoryId, OperationType type, @Nullable Long undoes) {
        return jdbc.sql(BEGIN.text())
                .param("repositoryId", repositoryId.toString())
                .param("type", type.wireName())
                .param("undoes", undoes)
                .query((row, _) -> new Begun(row.getLong(1), row.getLong(2)))
                .optional()
                .orElseThrow(
                        () -> new RepositoryPaused("repository " + repositoryId + " is paused"));
    }

    /// Writes down what it has done so far.
    public void count(long id, Counts counts) {
        counts(COUNT, id, counts).update();
    }

    /// Ends it.
    public void end(long id, Counts counts, String status, @Nullable String error) {
        counts(END, id, counts).param("status", status).param("error", error).update();
    }

    /// Changes what became of an operation that has ended.
    public void setStatus(long id, String status, @Nullable String error) {
        jdbc.sql(SET_STATUS.text())
                .param("id", id)
                .param("status", status)
                .param("error", error)
                .update();
    }

    /// Ends what an earlier holder of the lease left running.
    public int interrupt(UUID repositoryId) {
        return jdbc.sql(INTERRUPT.text()).param("repositoryId", repositoryId.toString()).update();
    }

    public Optional<Operation> find(long id) {
        return jdbc.sql(FIND.text()).param("id", id).query((row, _) -> operation(row)).optional();
    }

    /// The newest operations.
    public List<Operation> list(@Nullable UUID repositoryId, @Nullable String status, int limit) {
        return jdbc.sql(LIST.text())
                .param("repositoryId", repositoryId == null ? null : repositoryId.toString())
                .param("status", status)
                .param("limit", limit)
                .query((row, _) -> operation(row))
                .list();
    }

    /// How many rows watched changes removed in the last so many seconds.
    public long recentlyRemoved(UUID repositoryId, long seconds) {
        return jdbc.sql(RECENTLY_REMOVED.text())
                .param("repositoryId", repositoryId.toString())
                .param("seconds", seconds)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private JdbcClient.StatementSpec counts(Sql sql, long id, Counts counts) {
        return jdbc.sql(sql.text())
                .param("id", id)
                .param("scanned", counts.scanned())
                .param("added", counts.added())
                .param("updated", counts.updated())
                .param("removed", counts.removed())
                .param("moved", counts.moved())
                .param("held", counts.held())
                .param("unreadable", counts.unreadable());
    }

    private static Operation operation(ResultSet row) throws SQLException {
        OffsetDateTime end = row.getObject("end_time", OffsetDateTime.class);
        return new Operation(
                row.getLong("operation_id"),
                row.getObject("repository_id", UUID.class),
                row.getString("operation_type"),
                row.getLong("scan_generation"),
                new Counts(
                        row.getLong("files_scanned"),
                        row.getLong("files_added"),
                        row.getLong("files_updated"),
                        row.getLong("files_removed"),
                        row.getLong("files_moved"),
                        row.getLong("files_held"),
                        row.getLong("folders_unreadable")),
                row.getObject("start_time", OffsetDateTime.class).toInstant(),
                end == null ? null : end.toInstant(),
                row.getObject("duration_ms", Long.class),
                row.getString("status"),
                row.getString("error_message"),
                row.getObject("undoes", Long.class));
    }
}
