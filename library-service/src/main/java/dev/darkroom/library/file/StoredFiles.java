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

    /// The video taken with a photo, or the one inside of its file.
    static final Sql MOTION =
            new Sql(
                    """
                    select coalesce(v.storage_path, a.storage_path) as storage_path,
                        coalesce(v.content_hash, a.content_hash) as content_hash,
                        coalesce(v.mime_type, 'video/mp4') as mime_type, a.version as asset_version,
                        case when v.asset_id is null then a.motion_offset end as motion_offset,
                        a.motion_length
                    from assets a
                    left join assets v on v.asset_id = a.live_video_id and v.deleted_at is null
                    where a.asset_id = :id and (v.asset_id is not null or a.motion_offset is not null)
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

    Optional<StoredFile> motion(UUID assetId) {
        return jdbc.sql(MOTION.text()).param("id", assetId).query(StoredFiles::motion).optional();
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
            case DEAD, CANCELLED ->
                    new ThumbnailAnswer.GivenUp(
                            status,
                            Objects.requireNonNullElse(
                                    row.getString("last_error"), "no reason was noted"));
            case COMPLETED -> new ThumbnailAnswer.NotPlanned();
        };
    }

    private static StoredFile motion(ResultSet row, int number) throws SQLException {
        Long offset = row.getObject("motion_offset", Long.class);
        StoredFile whole = file(row);
        return offset == null
                ? whole
                : new StoredFile(
                        whole.storage(),
                        whole.contentHash(),
                        whole.mimeType(),
                        whole.version(),
                        new StoredFile.Part(offset, row.getLong("motion_length")));
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
