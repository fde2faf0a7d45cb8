package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import dev.darkroom.schema.FilePath;
import dev.darkroom.sync.files.FileStat;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `file_records`, looked up and written in batches.
///
/// An operation writes only rows that no later operation has written: a row's generation is its
/// version.
public final class FileRecords {
    static final Sql BY_PATH =
            new Sql(
                    """
                    select file_id, file_path, file_size, (extract(epoch from mod_time) * 1000000)::bigint,
                        (extract(epoch from change_time) * 1000000)::bigint, device, inode, scan_generation,
                        content_hash, content_version
                    from file_records
                    where repository_id = :repositoryId::uuid and file_path = any(:paths::text[])
                    """);

    static final Sql BY_INODE =
            new Sql(
                    """
                    select file_id, file_path, file_size, (extract(epoch from mod_time) * 1000000)::bigint,
                        (extract(epoch from change_time) * 1000000)::bigint, device, inode, scan_generation,
                        content_hash, content_version
                    from file_records
                    where repository_id = :repositoryId::uuid and inode = any(:inodes::bigint[])
                        and content_version > 0
                    """);

    static final Sql BY_ID =
            new Sql(
                    """
                    select file_id, file_path, file_size, (extract(epoch from mod_time) * 1000000)::bigint,
                        (extract(epoch from change_time) * 1000000)::bigint, device, inode, scan_generation,
                        content_hash, content_version
                    from file_records
                    where repository_id = :repositoryId::uuid and file_id = any(:ids::bigint[])
                        and scan_generation <= :generation
                    order by file_path
                    """);

    /// Files that nobody was told about yet, which may be the ones that vanished.
    static final Sql NEW_BY_SIZE =
            new Sql(
                    """
                    select file_id, file_path, file_size, (extract(epoch from mod_time) * 1000000)::bigint,
                        (extract(epoch from change_time) * 1000000)::bigint, device, inode, scan_generation,
                        content_hash, content_version
                    from file_records
                    where repository_id = :repositoryId::uuid and hash_pending and content_version = 0
                        and unreadable is null and file_size = any(:sizes::bigint[])
                    order by file_path
                    """);

    static final Sql WITH_FILES_BELOW =
            new Sql(
                    """
                    select u.path from unnest(:paths::text[]) as u (path)
                    where exists (
                        select from file_records f
                        where f.repository_id = :repositoryId::uuid
                            and f.file_path > (u.path || '/') collate "C"
                            and f.file_path < (u.path || '0') collate "C")
                    """);

    static final Sql COUNT =
            new Sql("select count(*) from file_records where repository_id = :repositoryId::uuid");

    static final Sql HAS_ANY =
            new Sql(
                    """
                    select exists (select from file_records where repository_id = :repositoryId::uuid)
                    """);

    static final Sql ADD =
            new Sql(
                    """
                    insert into file_records (repository_id, file_path, file_size, mod_time, change_time, device,
                        inode, scan_generation)
                    select :repositoryId::uuid, u.path, u.size, file_time(u.modified), file_time(u.changed), u.device,
                        u.inode, :generation
                    from unnest(:paths::text[], :sizes::bigint[], :modified::bigint[], :changed::bigint[],
                        :devices::bigint[], :inodes::bigint[]) as u (path, size, modified, changed, device, inode)
                    where not exists (
                        select from file_records f
                        where f.repository_id = :repositoryId::uuid and f.file_path = u.path)
                    """);

    static final Sql CHANGE =
            new Sql(
                    """
                    update file_records f
                    set file_path = u.path, file_size = u.size, mod_time = file_time(u.modified),
                        change_time = file_time(u.changed), device = u.device, inode = u.inode,
                        hash_pending = f.hash_pending or u.reread, unreadable = null,
                        scan_generation = :generation, last_scanned = now()
                    from unnest(:ids::bigint[], :paths::text[], :sizes::bigint[], :modified::bigint[],
                            :changed::bigint[], :devices::bigint[], :inodes::bigint[], :rereads::boolean[])
                        as u (file_id, path, size, modified, changed, device, inode, reread)
                    where f.file_id = u.file_id and f.repository_id = :repositoryId::uuid
                        and f.scan_generation <= :generation
                    """);

    static final Sql REMOVE =
            new Sql(
                    """
                    delete from file_records
                    where repository_id = :repositoryId::uuid and file_id = any(:ids::bigint[])
                        and scan_generation <= :generation
                    """);

    private final JdbcClient jdbc;
    private final UUID repositoryId;

    public FileRecords(JdbcClient jdbc, UUID repositoryId) {
        this.jdbc = jdbc;
        this.repositoryId = repositoryId;
    }

    /// The rows at these paths.
    public List<KnownFile> at(Collection<String> paths) {
        return list(sql(BY_PATH).param("paths", paths.toArray(String[]::new)));
    }

    /// Files that were told about and had one of these inodes.
    public List<KnownFile> withInodes(long[] inodes) {
        return list(sql(BY_INODE).param("inodes", inodes));
    }

    /// Rows by number, in the order of their paths, without those that a later operation wrote.
    public List<KnownFile> withIds(long[] ids, long generation) {
        return list(sql(BY_ID).param("ids", ids).param("generation", generation));
    }

    /// Files that nobody was told about yet, with one of these sizes, in the order of their paths.
    public List<KnownFile> newWithSizes(long[] sizes) {
        return list(sql(NEW_BY_SIZE).param("sizes", sizes));
    }

    /// Which of these were folders, as far as the rows know.
    public List<String> withFilesBelow(Collection<String> paths) {
        return sql(WITH_FILES_BELOW)
                .param("paths", paths.toArray(String[]::new))
                .query((row, _) -> row.getString(1))
                .list();
    }

    public long count() {
        return sql(COUNT).query((row, _) -> row.getLong(1)).single();
    }

    public boolean hasAny() {
        return sql(HAS_ANY).query((row, _) -> row.getBoolean(1)).single();
    }

    /// Adds files whose path is not taken.
    ///
    /// @return how many
    public int add(List<Seen> files, long generation) {
        return seen(sql(ADD), files).param("generation", generation).update();
    }

    /// Changes rows, all at once: files may trade places.
    ///
    /// @return how many, without those that a later operation wrote
    public int change(List<RowChange> changes, long generation) {
        boolean[] rereads = new boolean[changes.size()];
        for (int i = 0; i < rereads.length; i++) {
            rereads[i] = changes.get(i).reread();
        }
        return seen(sql(CHANGE), changes.stream().map(RowChange::seen).toList())
                .param("ids", changes.stream().mapToLong(RowChange::fileId).toArray())
                .param("rereads", rereads)
                .param("generation", generation)
                .update();
    }

    /// Removes rows.
    ///
    /// @return how many, without those that a later operation wrote
    public int remove(long[] ids, long generation) {
        return sql(REMOVE).param("ids", ids).param("generation", generation).update();
    }

    private static JdbcClient.StatementSpec seen(
            JdbcClient.StatementSpec statement, List<Seen> seen) {
        return statement
                .param("paths", seen.stream().map(s -> s.path().text()).toArray(String[]::new))
                .param("sizes", seen.stream().mapToLong(s -> s.stat().size()).toArray())
                .param(
                        "modified",
                        seen.stream().mapToLong(s -> s.stat().modifiedMicros()).toArray())
                .param("changed", seen.stream().mapToLong(s -> s.stat().changedMicros()).toArray())
                .param("devices", seen.stream().mapToLong(s -> s.stat().device()).toArray())
                .param("inodes", seen.stream().mapToLong(s -> s.stat().inode()).toArray());
    }

    private JdbcClient.StatementSpec sql(Sql sql) {
        return jdbc.sql(sql.text()).param("repositoryId", repositoryId.toString());
    }

    private static List<KnownFile> list(JdbcClient.StatementSpec statement) {
        return statement.query((row, _) -> known(row)).list();
    }

    static KnownFile known(ResultSet row) throws SQLException {
        return new KnownFile(
                row.getLong(1),
                new FilePath(row.getString(2)),
                new FileStat(
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        1),
                row.getLong(8),
                row.getString(9),
                row.getLong(10));
    }
}
