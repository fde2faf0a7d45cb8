package dev.darkroom.ingest.file;

import dev.darkroom.database.Sql;
import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `file_records`, which sync-service writes. An event says that one of them changed;
/// what counts is how it stands.
public class FileRows {
    static final Sql FIND =
            new Sql(
                    """
                    select file_id, file_path, file_size, mod_time, content_hash, content_version, hash_pending
                    from file_records
                    where repository_id = :repository::uuid and file_id = :file and content_version > 0
                    """);

    static final Sql FRESH =
            new Sql(
                    """
                    select f.file_id, f.file_path, f.file_size, f.mod_time, f.content_hash, f.content_version,
                        f.hash_pending
                    from file_records f
                    where f.repository_id = :repository::uuid and f.file_id = :file and f.file_path = :path
                        and f.content_version > 0
                        and not exists (select from assets a where a.file_id = f.file_id)
                        and not exists (
                            select from assets a
                            where a.content_hash = f.content_hash and a.repository_id = :repository::uuid
                                and a.owner_id is not distinct from :owner::uuid)
                        and not exists (
                            select from file_records s
                            where s.repository_id = :repository::uuid and s.file_path = any(:sidecars::text[]))
                    """);

    static final Sql FIND_ALL =
            new Sql(
                    """
                    select file_id, file_path, file_size, mod_time, content_hash, content_version, hash_pending
                    from file_records
                    where repository_id = :repository::uuid and file_id = any(:files::bigint[])
                        and content_version > 0
                    """);

    static final Sql AT =
            new Sql(
                    """
                    select file_id, file_path, file_size, mod_time, content_hash, content_version, hash_pending
                    from file_records
                    where repository_id = :repository::uuid and file_path = any(:paths::text[])
                        and content_version > 0
                    """);

    /// Another file with this content that is no asset's own.
    static final Sql TWIN =
            new Sql(
                    """
                    select f.file_id, f.file_path, f.file_size, f.mod_time, f.content_hash, f.content_version,
                        f.hash_pending
                    from file_records f
                    where f.repository_id = :repository::uuid and f.content_hash = :hash
                        and f.file_id <> :file
                        and not exists (select from assets a where a.file_id = f.file_id)
                    order by f.file_id limit 1
                    """);

    private final JdbcClient jdbc;

    public FileRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The file, or empty when it is gone or was not read yet.
    public Optional<FileRow> find(UUID repositoryId, long fileId) {
        return jdbc.sql(FIND.text())
                .param("repository", repositoryId.toString())
                .param("file", fileId)
                .query(FileRows::row)
                .optional();
    }

    /// The file, if it lies at this path and nobody knows anything of it: neither the library of
    /// the file or its content, nor sync-service of a sidecar.
    public Optional<FileRow> fresh(
            WatchedRepository repository, long fileId, FilePath path, List<FilePath> sidecars) {
        UUID owner = repository.ownerId();
        return jdbc.sql(FRESH.text())
                .param("repository", repository.id().toString())
                .param("owner", owner == null ? null : owner.toString())
                .param("file", fileId)
                .param("path", path.text())
                .param("sidecars", sidecars.stream().map(FilePath::text).toArray(String[]::new))
                .query(FileRows::row)
                .optional();
    }

    /// Those of these files that are there and were read, in no particular order.
    public List<FileRow> findAll(UUID repositoryId, Collection<Long> fileIds) {
        return jdbc.sql(FIND_ALL.text())
                .param("repository", repositoryId.toString())
                .param("files", fileIds.toArray(Long[]::new))
                .query(FileRows::row)
                .list();
    }

    /// The files at these paths, those that are there, in no particular order.
    public List<FileRow> at(UUID repositoryId, List<FilePath> paths) {
        return jdbc.sql(AT.text())
                .param("repository", repositoryId.toString())
                .param("paths", paths.stream().map(FilePath::text).toArray(String[]::new))
                .query(FileRows::row)
                .list();
    }

    /// Another file of the repository with this content, not the original of any asset.
    public Optional<FileRow> twin(UUID repositoryId, Sha256 sha256, long otherThan) {
        return jdbc.sql(TWIN.text())
                .param("repository", repositoryId.toString())
                .param("hash", sha256.contentHash())
                .param("file", otherThan)
                .query(FileRows::row)
                .optional();
    }

    private static FileRow row(ResultSet row, int number) throws SQLException {
        return new FileRow(
                row.getLong("file_id"),
                new FilePath(row.getString("file_path")),
                row.getLong("file_size"),
                row.getObject("mod_time", OffsetDateTime.class).toInstant(),
                Sha256.ofContentHash(row.getString("content_hash")),
                row.getLong("content_version"),
                row.getBoolean("hash_pending"));
    }
}
