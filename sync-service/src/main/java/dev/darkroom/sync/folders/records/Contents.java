package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import dev.darkroom.sync.files.FileStat;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is known about the contents of files: hash and version.
///
/// A new version begins when the hash differs, and only then: a file that was touched is the same
/// file.
public final class Contents {
    /// Not if the row was written since the file was picked.
    static final Sql READ =
            new Sql(
                    """
                    update file_records f
                    set content_hash = u.hash,
                        content_version = f.content_version + (f.content_hash is distinct from u.hash)::int,
                        hash_pending = false, unreadable = null, file_size = u.size,
                        mod_time = file_time(u.modified), change_time = file_time(u.changed), device = u.device,
                        inode = u.inode
                    from unnest(:ids::bigint[], :generations::bigint[], :hashes::text[], :sizes::bigint[],
                            :modified::bigint[], :changed::bigint[], :devices::bigint[], :inodes::bigint[])
                        as u (file_id, generation, hash, size, modified, changed, device, inode)
                    where f.repository_id = :repositoryId::uuid and f.file_id = u.file_id
                        and f.scan_generation = u.generation
                    """);

    static final Sql UNREADABLE =
            new Sql(
                    """
                    update file_records f set unreadable = u.reason
                    from unnest(:ids::bigint[], :reasons::text[]) as u (file_id, reason)
                    where f.repository_id = :repositoryId::uuid and f.file_id = u.file_id
                        and f.unreadable is distinct from u.reason
                    """);

    static final Sql COUNT_PENDING =
            new Sql(
                    """
                    select count(*), count(unreadable) from file_records
                    where repository_id = :repositoryId::uuid and hash_pending
                    """);

    static final Sql LIST_UNREADABLE =
            new Sql(
                    """
                    select file_path, unreadable from file_records
                    where repository_id = :repositoryId::uuid and hash_pending and unreadable is not null
                    order by file_path limit :limit
                    """);

    static final Sql ANY_TOLD =
            new Sql(
                    """
                    select exists (
                        select from file_records
                        where repository_id = :repositoryId::uuid and content_version > 0)
                    """);

    private final JdbcClient jdbc;
    private final UUID repositoryId;

    public Contents(JdbcClient jdbc, UUID repositoryId) {
        this.jdbc = jdbc;
        this.repositoryId = repositoryId;
    }

    /// A content that was read.
    ///
    /// @param row as it was when the file was picked
    /// @param stat the file's attributes around the reading
    public record Known(KnownFile row, String hash, FileStat stat) {}

    /// A content that could not be read.
    public record Unknown(KnownFile row, String reason) {}

    /// How many files wait to be read, and how many of these could not be.
    public record Waiting(long files, long unreadable) {}

    /// A file that cannot be read, and why.
    public record Failure(String path, String reason) {}

    /// Writes what was read, but not over rows that were written meanwhile.
    public int read(List<Known> contents) {
        return sql(READ)
                .param("ids", contents.stream().mapToLong(c -> c.row().fileId()).toArray())
                .param(
                        "generations",
                        contents.stream().mapToLong(c -> c.row().generation()).toArray())
                .param("hashes", contents.stream().map(Known::hash).toArray(String[]::new))
                .param("sizes", contents.stream().mapToLong(c -> c.stat().size()).toArray())
                .param(
                        "modified",
                        contents.stream().mapToLong(c -> c.stat().modifiedMicros()).toArray())
                .param(
                        "changed",
                        contents.stream().mapToLong(c -> c.stat().changedMicros()).toArray())
                .param("devices", contents.stream().mapToLong(c -> c.stat().device()).toArray())
                .param("inodes", contents.stream().mapToLong(c -> c.stat().inode()).toArray())
                .update();
    }

    /// Writes down why files could not be read.
    public void unreadable(List<Unknown> failures) {
        sql(UNREADABLE)
                .param("ids", failures.stream().mapToLong(f -> f.row().fileId()).toArray())
                .param("reasons", failures.stream().map(Unknown::reason).toArray(String[]::new))
                .update();
    }

    public Waiting waiting() {
        return sql(COUNT_PENDING)
                .query((row, _) -> new Waiting(row.getLong(1), row.getLong(2)))
                .single();
    }

    public List<Failure> failures(int limit) {
        return sql(LIST_UNREADABLE)
                .param("limit", limit)
                .query((row, _) -> new Failure(row.getString(1), row.getString(2)))
                .list();
    }

    /// Whether anybody was told about any file yet.
    public boolean anyTold() {
        return sql(ANY_TOLD).query((row, _) -> row.getBoolean(1)).single();
    }

    private JdbcClient.StatementSpec sql(Sql sql) {
        return jdbc.sql(sql.text()).param("repositoryId", repositoryId.toString());
    }
}
