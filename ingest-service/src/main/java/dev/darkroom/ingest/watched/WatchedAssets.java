package dev.darkroom.ingest.watched;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.ingest.file.FileRow;
import dev.darkroom.schema.AssetDeleted;
import dev.darkroom.schema.AssetType;
import dev.darkroom.schema.AssetUpdated;
import dev.darkroom.schema.Sha256;
import dev.darkroom.schema.StorageUri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The assets that were made of files in watched repositories: which is whose, where each lies, and
/// whether it is in the trash.
class WatchedAssets {
    static final Sql OF_FILE =
            new Sql(
                    """
                    select asset_id, repository_id, version, asset_type, content_hash, storage_path,
                        original_filename, file_id,
                        case when deleted_at is not null then coalesce(deleted_by, 'user') end as deleted_by
                    from assets where file_id = :file
                    """);

    static final Sql WITH_CONTENT =
            new Sql(
                    """
                    select asset_id, repository_id, version, asset_type, content_hash, storage_path,
                        original_filename, file_id,
                        case when deleted_at is not null then coalesce(deleted_by, 'user') end as deleted_by
                    from assets
                    where content_hash = :hash and repository_id = :repository::uuid
                        and owner_id is not distinct from :owner::uuid
                    order by deleted_at desc nulls first, asset_id
                    """);

    static final Sql KNOWN_FILES =
            new Sql("select file_id from assets where file_id = any(:files::bigint[])");

    static final Sql KNOWN_CONTENTS =
            new Sql(
                    """
                    select content_hash from assets
                    where content_hash = any(:hashes::text[]) and repository_id = :repository::uuid
                        and owner_id is not distinct from :owner::uuid
                    """);

    static final Sql PLACE =
            new Sql(
                    """
                    update assets set file_id = :file, storage_path = :path, original_filename = :name
                    where asset_id = :id::uuid
                    """);

    static final Sql PLACE_ORIGINAL =
            new Sql(
                    """
                    update asset_files set storage_path = :path
                    where asset_id = :id::uuid and role = 'original' and asset_version = :version
                        and storage_path <> :path
                    """);

    static final Sql RESTORE =
            new Sql(
                    """
                    update assets set deleted_at = null, deleted_by = null where asset_id = :id::uuid
                    """);

    static final Sql TRASH =
            new Sql(
                    """
                    update assets set deleted_at = now(), deleted_by = 'sync'
                    where asset_id = :id::uuid and deleted_at is null
                    """);

    static final Sql UNLINK = new Sql("update assets set file_id = null where file_id = :file");

    /// The bytes of earlier versions are gone when a file was changed in place.
    static final Sql FORGET_ORIGINALS =
            new Sql(
                    """
                    delete from asset_files
                    where asset_id = :id::uuid and role = 'original' and asset_version < :version
                        and storage_path like :prefix
                    """);

    private final JdbcClient jdbc;
    private final Outbox outbox;

    WatchedAssets(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /// The asset made of this file.
    Optional<WatchedAsset> ofFile(long fileId) {
        return jdbc.sql(OF_FILE.text())
                .param("file", fileId)
                .query(WatchedAssets::asset)
                .optional();
    }

    /// The assets with this content: the live one first, then the trash, latest first.
    List<WatchedAsset> withContent(UUID repositoryId, @Nullable UUID ownerId, Sha256 sha256) {
        return jdbc.sql(WITH_CONTENT.text())
                .param("hash", sha256.contentHash())
                .param("repository", repositoryId.toString())
                .param("owner", ownerId == null ? null : ownerId.toString())
                .query(WatchedAssets::asset)
                .list();
    }

    /// Those of these files that an asset was made of.
    Set<Long> knownFiles(Collection<Long> fileIds) {
        return Set.copyOf(
                jdbc.sql(KNOWN_FILES.text())
                        .param("files", fileIds.toArray(Long[]::new))
                        .query((row, _) -> row.getLong(1))
                        .list());
    }

    /// Those of these contents that an asset has, the trash included.
    Set<Sha256> knownContents(
            UUID repositoryId, @Nullable UUID ownerId, Collection<Sha256> contents) {
        return new HashSet<>(
                jdbc.sql(KNOWN_CONTENTS.text())
                        .param(
                                "hashes",
                                contents.stream().map(Sha256::contentHash).toArray(String[]::new))
                        .param("repository", repositoryId.toString())
                        .param("owner", ownerId == null ? null : ownerId.toString())
                        .query((row, _) -> Sha256.ofContentHash(row.getString(1)))
                        .list());
    }

    /// Says where an asset lies, and of which file it is.
    void place(WatchedAsset asset, UUID repositoryId, FileRow file) {
        put(asset, repositoryId, file, false);
    }

    /// The same, and takes it out of the trash.
    void restore(WatchedAsset asset, UUID repositoryId, FileRow file) {
        put(asset, repositoryId, file, true);
    }

    /// Puts an asset whose file is gone into the trash.
    void trash(WatchedAsset asset) {
        int trashed = jdbc.sql(TRASH.text()).param("id", asset.id().toString()).update();
        if (trashed > 0) {
            outbox.add(
                    List.of(
                            new AssetDeleted(
                                    asset.id(), asset.version(), "sync", false, Instant.now())));
        }
    }

    /// The asset of this file, if it still is, goes on without it.
    void unlink(long fileId) {
        jdbc.sql(UNLINK.text()).param("file", fileId).update();
    }

    /// Forgets the originals of earlier versions that lay in this repository.
    void forgetOriginals(UUID assetId, UUID repositoryId, long before) {
        jdbc.sql(FORGET_ORIGINALS.text())
                .param("id", assetId.toString())
                .param("version", before)
                .param("prefix", "repo://" + repositoryId + "/%")
                .update();
    }

    private void put(WatchedAsset asset, UUID repositoryId, FileRow file, boolean restore) {
        String path = StorageUri.ofFile(repositoryId, file.path()).text();
        String name = FileName.of(file.path());
        TreeSet<String> changed = new TreeSet<>();
        if (!asset.storagePath().equals(path)) {
            changed.add("storage_path");
        }
        if (!asset.fileName().equals(name)) {
            changed.add("original_filename");
        }
        boolean relinked = asset.fileId() == null || asset.fileId() != file.fileId();
        if (relinked || !changed.isEmpty()) {
            jdbc.sql(PLACE.text())
                    .param("id", asset.id().toString())
                    .param("file", file.fileId())
                    .param("path", path)
                    .param("name", name)
                    .update();
            jdbc.sql(PLACE_ORIGINAL.text())
                    .param("id", asset.id().toString())
                    .param("path", path)
                    .param("version", asset.version())
                    .update();
        }
        if (restore) {
            jdbc.sql(RESTORE.text()).param("id", asset.id().toString()).update();
            changed.addAll(List.of("deleted_at", "deleted_by"));
        }
        if (!changed.isEmpty()) {
            outbox.add(
                    List.of(
                            new AssetUpdated(
                                    asset.id(),
                                    asset.version(),
                                    List.copyOf(changed),
                                    Instant.now())));
        }
    }

    private static WatchedAsset asset(ResultSet row, int number) throws SQLException {
        return new WatchedAsset(
                row.getObject("asset_id", UUID.class),
                row.getObject("repository_id", UUID.class),
                row.getLong("version"),
                AssetType.ofWireName(row.getString("asset_type")),
                Sha256.ofContentHash(row.getString("content_hash")),
                row.getString("storage_path"),
                row.getString("original_filename"),
                row.getObject("file_id", Long.class),
                row.getString("deleted_by"));
    }
}
