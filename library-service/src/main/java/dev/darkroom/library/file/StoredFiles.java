package dev.darkroom.library.file;

import dev.darkroom.database.Sql;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.schema.TaskStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Where the files of an asset are, read from `assets`, `thumbnails`, `processing_tasks` and
/// `repositories`.
public class StoredFiles {
    static final Sql ORIGINAL =
            new Sql(
                    """
                    select storage_path, content_hash, mime_type, version as asset_version,
                        original_filename
                    from assets where asset_id = :id
                    """);

    static final Sql THUMBNAIL =
            new Sql(
                    """
                    select t.storage_path, t.content_hash, t.mime_type, t.asset_version, p.status,
                        p.last_error
                    from assets a
                    left join thumbnails t on t.asset_id = a.asset_id and t.size = :size
                    left join processing_tasks p on p.asset_id = a.asset_id and p.task = 'thumbnail'
                    where a.asset_id = :id
                    """);

    static final Sql REPOSITORY_PATH =
            new Sql("select path from repositories where repository_id = :id");

    private final JdbcClient jdbc;

    public StoredFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Original> original(UUID assetId) {
        return jdbc.sql(ORIGINAL.text())
                .param("id", assetId)
                .query((row, n) -> new Original(file(row), row.getString("original_filename")))
                .optional();
    }

    ThumbnailAnswer thumbnail(UUID assetId, String size) {
        return jdbc.sql(THUMBNAIL.text())
                .param("id", assetId)
                .param("size", size)
                .query(StoredFiles::answer)
                .optional()
                .orElseGet(ThumbnailAnswer.NoSuchAsset::new);
    }

    Optional<String> repositoryPath(UUID repositoryId) {
        return jdbc.sql(REPOSITORY_PATH.text())
                .param("id", repositoryId)
                .query(String.class)
                .optional();
    }

    private static ThumbnailAnswer answer(ResultSet row, int number) throws SQLException {
        if (row.getString("storage_path") != null) {
            return new ThumbnailAnswer.Ready(file(row));
        }
        String task = row.getString("status");
        if (task == null) {
            return new ThumbnailAnswer.NotPlanned();
        }
        TaskStatus status = TaskStatus.valueOf(task.toUpperCase(Locale.ROOT));
        return switch (status) {
            case PENDING, QUEUED, PROCESSING, FAILED -> new ThumbnailAnswer.Pending(status);
            case DEAD, CANCELLED, SKIPPED ->
                    new ThumbnailAnswer.GivenUp(
                            status,
                            Objects.requireNonNullElse(
                                    row.getString("last_error"), "no reason was noted"));
            case COMPLETED -> new ThumbnailAnswer.NotPlanned();
        };
    }

    private static StoredFile file(ResultSet row) throws SQLException {
        return new StoredFile(
                new StorageUri(row.getString("storage_path")),
                row.getString("content_hash"),
                row.getString("mime_type"),
                row.getLong("asset_version"));
    }

    /// An original, and what its uploader called it.
    record Original(StoredFile file, String fileName) {}
}
