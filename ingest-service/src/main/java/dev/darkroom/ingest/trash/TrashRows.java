package dev.darkroom.ingest.trash;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.schema.AssetDeleted;
import dev.darkroom.schema.StorageUri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of assets that go for good, with all that hangs on them.
class TrashRows {
    /// What a person threw away, and whose file is still there, stays in the trash: that is how we
    /// know not to take the file in again.
    static final Sql EXPIRED =
            new Sql(
                    """
                    select a.asset_id, a.version, coalesce(a.deleted_by, 'user') as deleted_by
                    from assets a
                    where a.deleted_at < now() - make_interval(secs => :seconds)
                        and (a.deleted_by = 'sync'
                            or not exists (select from file_records f where f.file_id = a.file_id))
                    order by a.deleted_at limit :limit
                    for update of a skip locked
                    """);

    static final Sql OF_REPOSITORY =
            new Sql(
                    """
                    select asset_id, version, coalesce(deleted_by, 'user') as deleted_by
                    from assets where repository_id = :repository::uuid
                    limit :limit for update
                    """);

    /// Originals that another asset shares (strategy `cas`) are not among them.
    static final Sql BLOBS =
            new Sql(
                    """
                    select storage_path from thumbnails where asset_id = any(:ids::uuid[])
                    union
                    select f.storage_path from asset_files f
                    where f.asset_id = any(:ids::uuid[]) and f.role <> 'sidecar'
                        and not exists (select from asset_files o
                            where o.storage_path = f.storage_path and o.asset_id <> all(:ids::uuid[]))
                    """);

    static final Sql PURGE = new Sql("delete from assets where asset_id = any(:ids::uuid[])");

    private final JdbcClient jdbc;
    private final Outbox outbox;

    TrashRows(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /// An asset that goes.
    record Going(UUID id, long version, String deletedBy) {}

    List<Going> expired(Duration retention, int limit) {
        return jdbc.sql(EXPIRED.text())
                .param("seconds", (double) retention.toSeconds())
                .param("limit", limit)
                .query(TrashRows::going)
                .list();
    }

    List<Going> of(UUID repositoryId, int limit) {
        return jdbc.sql(OF_REPOSITORY.text())
                .param("repository", repositoryId.toString())
                .param("limit", limit)
                .query(TrashRows::going)
                .list();
    }

    /// Removes the rows in the running transaction.
    ///
    /// @return where files lay that no row names any more
    List<StorageUri> purge(List<Going> going) {
        String[] ids = going.stream().map(asset -> asset.id().toString()).toArray(String[]::new);
        List<StorageUri> files =
                jdbc.sql(BLOBS.text())
                        .param("ids", ids)
                        .query((row, _) -> new StorageUri(row.getString(1)))
                        .list();
        jdbc.sql(PURGE.text()).param("ids", ids).update();
        Instant now = Instant.now();
        outbox.add(
                going.stream()
                        .map(
                                asset ->
                                        new AssetDeleted(
                                                asset.id(),
                                                asset.version(),
                                                asset.deletedBy(),
                                                true,
                                                now))
                        .toList());
        return files;
    }

    private static Going going(ResultSet row, int number) throws SQLException {
        return new Going(
                row.getObject("asset_id", UUID.class),
                row.getLong("version"),
                row.getString("deleted_by"));
    }
}
