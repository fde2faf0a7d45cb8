package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows that operations changed or removed, as they were before: `sync_journal`.
public final class Journal {
    /// Rows of this very operation are its own work, and rows of a later one it does not touch.
    static final Sql KEEP =
            new Sql(
                    """
                    insert into sync_journal (operation_id, file_id, before, held)
                    select :operation, f.file_id, to_jsonb(f), :held
                    from file_records f
                    where f.file_id = any(:ids::bigint[]) and f.scan_generation < :generation
                    on conflict (operation_id, file_id) do nothing
                    """);

    static final Sql HELD =
            new Sql(
                    """
                    select file_id from sync_journal
                    where operation_id = :operation and held and file_id > :after
                    order by file_id limit :limit
                    """);

    static final Sql NOT_HELD =
            new Sql(
                    """
                    select count(*) from unnest(:ids::bigint[]) as u (file_id)
                    where not exists (
                        select from sync_journal j
                        where j.operation_id = :operation and j.file_id = u.file_id and j.held)
                    """);

    static final Sql RELEASE =
            new Sql(
                    """
                    update sync_journal set held = false
                    where operation_id = :operation and held and file_id = any(:ids::bigint[])
                    """);

    static final Sql FORGET_HELD =
            new Sql("delete from sync_journal where operation_id = :operation and held");

    /// Later operations that wrote rows of this one, and those whose files lie where its removed
    /// ones lay.
    static final Sql TOUCHED_BY =
            new Sql(
                    """
                    with mine as (
                        select o.repository_id, o.scan_generation from sync_operations o
                        where o.operation_id = :operation)
                    select later.operation_id
                    from mine
                    join sync_operations later on later.repository_id = mine.repository_id
                        and later.operation_id > :operation
                    join sync_journal j on j.operation_id = later.operation_id
                    where not j.held and (j.before ->> 'scan_generation')::bigint = mine.scan_generation
                    union
                    select o.operation_id
                    from mine
                    join sync_journal j on j.operation_id = :operation and not j.held
                    join file_records f on f.repository_id = mine.repository_id
                        and f.file_path = (j.before ->> 'file_path') collate "C"
                        and f.scan_generation > mine.scan_generation
                    join sync_operations o on o.repository_id = mine.repository_id
                        and o.scan_generation = f.scan_generation
                    order by 1
                    """);

    static final Sql REMOVE_ADDED =
            new Sql(
                    """
                    with gone as (
                        delete from file_records f
                        where f.repository_id = :repositoryId::uuid and f.scan_generation = :generation
                            and not exists (
                                select from sync_journal j
                                where j.operation_id = :operation and j.file_id = f.file_id)
                        returning to_jsonb(f) as before, f.file_id)
                    insert into sync_journal (operation_id, file_id, before)
                    select :undo, file_id, before from gone
                    """);

    /// What was read from a file stays known: events tell the truth about contents, and a version
    /// never goes back.
    static final Sql TAKE_BACK =
            new Sql(
                    """
                    with back as (
                        select b.* from sync_journal j
                        cross join jsonb_populate_record(null::file_records, j.before) b
                        where j.operation_id = :operation and not j.held),
                    kept as (
                        insert into sync_journal (operation_id, file_id, before)
                        select :undo, f.file_id, to_jsonb(f) from file_records f join back using (file_id))
                    update file_records f
                    set file_path = b.file_path, file_size = b.file_size, mod_time = b.mod_time,
                        change_time = b.change_time, device = b.device, inode = b.inode,
                        hash_pending = f.hash_pending or b.hash_pending, scan_generation = :generation,
                        last_scanned = now()
                    from back b where f.file_id = b.file_id
                    """);

    static final Sql BRING_BACK =
            new Sql(
                    """
                    insert into file_records (file_id, repository_id, file_path, file_size, mod_time, change_time, device,
                        inode, content_hash, content_version, hash_pending, scan_generation, created_at)
                    overriding system value
                    select b.file_id, b.repository_id, b.file_path, b.file_size, b.mod_time, b.change_time, b.device,
                        b.inode, b.content_hash, b.content_version, b.hash_pending, :generation, b.created_at
                    from sync_journal j
                    cross join jsonb_populate_record(null::file_records, j.before) b
                    where j.operation_id = :operation and not j.held
                        and not exists (select from file_records f where f.file_id = b.file_id)
                    """);

    private final JdbcClient jdbc;

    public Journal(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Keeps rows as they are, before an operation writes them.
    public void keep(Operations.Begun operation, long[] ids, boolean held) {
        jdbc.sql(KEEP.text())
                .param("operation", operation.id())
                .param("generation", operation.generation())
                .param("ids", ids)
                .param("held", held)
                .update();
    }

    /// Files whose removal waits, in the order of their numbers.
    public long[] held(long operation, long after, int limit) {
        return jdbc
                .sql(HELD.text())
                .param("operation", operation)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> row.getLong(1))
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /// How many of these files do not wait under an operation.
    public long countNotHeld(long operation, long[] ids) {
        return jdbc.sql(NOT_HELD.text())
                .param("operation", operation)
                .param("ids", ids)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    /// The removal of these waits no longer: it is about to be done.
    public void release(long operation, long[] ids) {
        jdbc.sql(RELEASE.text()).param("operation", operation).param("ids", ids).update();
    }

    /// Nothing waits under this operation any more.
    public void forgetHeld(long operation) {
        jdbc.sql(FORGET_HELD.text()).param("operation", operation).update();
    }

    /// Later operations that built on this one.
    public List<Long> touchedBy(long operation) {
        return jdbc.sql(TOUCHED_BY.text())
                .param("operation", operation)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /// Takes an operation back under the number of its undoing: first what it added goes, then what
    /// it moved or changed returns, all at once, then what it removed.
    public Counts takeBack(Operations.Operation operation, Operations.Begun undo) {
        int removed = undo(REMOVE_ADDED, operation, undo).update();
        int changed = undo(TAKE_BACK, operation, undo).update();
        int added = undo(BRING_BACK, operation, undo).update();
        return new Counts(0, added, changed, removed, 0, 0, 0);
    }

    private JdbcClient.StatementSpec undo(
            Sql sql, Operations.Operation operation, Operations.Begun undo) {
        return jdbc.sql(sql.text())
                .param("operation", operation.id())
                .param("repositoryId", operation.repositoryId().toString())
                .param("undo", undo.id())
                .param(
                        "generation",
                        sql.equals(REMOVE_ADDED) ? operation.generation() : undo.generation());
    }
}
