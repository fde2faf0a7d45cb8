package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Keeps what is remembered of earlier operations from growing for ever.
public final class History {
    static final Sql PRUNE_JOURNAL =
            new Sql(
                    """
                    delete from sync_journal where operation_id in (
                        select operation_id from sync_operations
                        where repository_id = :repositoryId::uuid and status <> 'held'
                            and end_time < now() - make_interval(secs => :seconds))
                    """);

    /// Never one that runs, is held, or was taken back by one that stays.
    static final Sql PRUNE_OPERATIONS =
            new Sql(
                    """
                    with recursive old as (
                        select operation_id
                        from (
                            select operation_id, status, end_time,
                                row_number() over (order by operation_id desc) as place
                            from sync_operations where repository_id = :repositoryId::uuid) o
                        where place > :kept and status not in ('running', 'held')
                            and end_time < now() - make_interval(secs => :seconds)
                        order by operation_id limit :most),
                    named (operation_id) as (
                        select undoes from sync_operations
                        where repository_id = :repositoryId::uuid and undoes is not null
                            and operation_id not in (select operation_id from old)
                        union
                        select o.undoes
                        from named join sync_operations o using (operation_id)
                        where o.undoes is not null)
                    delete from sync_operations
                    where operation_id in (select operation_id from old except select operation_id from named)
                    """);

    /// In one statement; the next time the next ones.
    private static final int MOST = 10_000;

    private final JdbcClient jdbc;

    public History(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// How long operations are remembered.
    ///
    /// @param undoFor as long as they can be undone
    /// @param operationsFor their rows, which stay as long as they can be undone in any case
    /// @param operationsKept the newest ones of a repository, which stay however old they are
    public record Keeping(Duration undoFor, Duration operationsFor, int operationsKept) {}

    /// Forgets what is too old.
    ///
    /// @return how many operations
    public int prune(UUID repositoryId, Keeping keeping) {
        jdbc.sql(PRUNE_JOURNAL.text())
                .param("repositoryId", repositoryId.toString())
                .param("seconds", keeping.undoFor().toSeconds())
                .update();
        return jdbc.sql(PRUNE_OPERATIONS.text())
                .param("repositoryId", repositoryId.toString())
                .param("kept", keeping.operationsKept())
                .param(
                        "seconds",
                        Math.max(
                                keeping.operationsFor().toSeconds(), keeping.undoFor().toSeconds()))
                .param("most", MOST)
                .update();
    }
}
