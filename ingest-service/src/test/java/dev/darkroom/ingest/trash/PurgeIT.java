package dev.darkroom.ingest.trash;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.ingest.file.OwnStore;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.FolderBlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The end of assets in the trash.
class PurgeIT {
    private static final Duration MONTH = Duration.ofDays(30);

    @TempDir private Path scratch;
    private MigratedDatabase database;
    private HikariDataSource pool;
    private JdbcClient ingest;
    private JdbcClient sync;
    private FolderBlobStore blobs;
    private Purge purge;
    private UUID own;
    private UUID watched;

    @BeforeEach
    void open() throws Exception {
        database = MigratedDatabase.create();
        pool = database.pool(Role.INGEST);
        ingest = JdbcClient.create(pool);
        sync = JdbcClient.create(database.pool(Role.SYNC));
        blobs = FolderBlobStore.open(scratch.resolve("library"));
        own = repository(scratch.resolve("library"), true);
        watched = repository(Files.createDirectories(scratch.resolve("photos")), false);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        purge =
                new Purge(
                        new TrashRows(ingest, new Outbox(ingest, new EventCodec())),
                        new OwnStore(own, blobs),
                        work -> transaction.executeWithoutResult(_ -> work.run()));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void whatHasBeenInTheTrashForAMonthGoesWithWhatWeMadeOfItAndFilesInPlaceStay()
            throws Exception {
        // given
        Path file = Files.writeString(scratch.resolve("photos/a.jpg"), "mine");
        UUID inPlace = asset(watched, "a.jpg", "sync", 31);
        UUID young = asset(watched, "b.jpg", "sync", 29);
        UUID uploaded = asset(own, "inbox/c.jpg", "user", 31);
        blobs.put(new BlobKey("inbox/c.jpg"), new byte[] {1});
        thumbnail(inPlace);
        thumbnail(young);

        // when
        int gone = purge.expired(MONTH);

        // then
        assertThat(gone).isEqualTo(2);
        assertThat(assets()).containsExactly(young);
        assertThat(file).exists();
        assertThat(blobs.exists(new BlobKey("inbox/c.jpg"))).isFalse();
        assertThat(blobs.exists(new BlobKey("thumbnails/" + inPlace))).isFalse();
        assertThat(blobs.exists(new BlobKey("thumbnails/" + young))).isTrue();
        assertThat(
                        ingest.sql(
                                        "select payload->>'purged' from outbox where aggregate_id in (?, ?)")
                                .params(inPlace.toString(), uploaded.toString())
                                .query((row, _) -> row.getString(1))
                                .list())
                .containsExactly("true", "true");
    }

    @Test
    void whatTheUserThrewAwayIsRememberedAsLongAsItsFileIsThere() throws Exception {
        UUID thrown = asset(watched, "a.jpg", "user", 400);
        long fileId = fileOf(thrown);
        purge.expired(MONTH);
        assertThat(assets()).containsExactly(thrown);

        sync.sql("delete from file_records where file_id = ?").param(fileId).update();
        purge.expired(MONTH);

        assertThat(assets()).isEmpty();
    }

    @Test
    void bytesThatAnotherAssetSharesStay() throws Exception {
        asset(own, "inbox/shared.jpg", "user", 31);
        UUID other = asset(own, "inbox/shared.jpg", null, 0);
        blobs.put(new BlobKey("inbox/shared.jpg"), new byte[] {1});

        purge.expired(MONTH);

        assertThat(assets()).containsExactly(other);
        assertThat(blobs.exists(new BlobKey("inbox/shared.jpg"))).isTrue();
    }

    @Test
    void aRepositoryIsEmptiedWhole() throws Exception {
        Path file = Files.writeString(scratch.resolve("photos/a.jpg"), "mine");
        UUID live = asset(watched, "a.jpg", null, 0);
        thumbnail(live);
        UUID other = asset(own, "inbox/x.jpg", null, 0);

        assertThat(purge.repository(watched)).isEqualTo(1);

        assertThat(assets()).containsExactly(other);
        assertThat(file).exists();
        assertThat(blobs.exists(new BlobKey("thumbnails/" + live))).isFalse();
    }

    private UUID repository(Path path, boolean isDefault) {
        UUID id = UUID.randomUUID();
        ingest.sql(
                        "insert into repositories (repository_id, name, path, is_default) values (?, 'r', ?, ?)")
                .params(id, path.toString(), isDefault)
                .update();
        return id;
    }

    private UUID asset(UUID repository, String key, @Nullable String deletedBy, int days) {
        UUID id = UUID.randomUUID();
        String hash = "sha256:" + (id.toString() + id).replace("-", "");
        String uri = StorageUri.ofBlob(repository, key).text();
        ingest.sql(
                        """
                        insert into assets (asset_id, repository_id, asset_type, original_filename,
                            storage_path, mime_type, file_size, content_hash, deleted_by, deleted_at)
                        values (:id, :repository, 'photo', 'x.jpg', :uri, 'image/jpeg', 1, :hash,
                            :by::text, case when :by::text is not null then now() - make_interval(days => :days) end)
                        """)
                .param("id", id)
                .param("repository", repository)
                .param("uri", uri)
                .param("hash", hash)
                .param("by", deletedBy)
                .param("days", days)
                .update();
        ingest.sql(
                        """
                        insert into asset_files (asset_id, role, storage_path, content_hash, file_size, mime_type)
                        values (?, 'original', ?, ?, 1, 'image/jpeg')
                        """)
                .params(id, uri, hash)
                .update();
        return id;
    }

    private long fileOf(UUID assetId) {
        long fileId =
                sync.sql(
                                """
                                insert into file_records (repository_id, file_path, file_size, mod_time,
                                    change_time, device, inode, content_hash, content_version, hash_pending)
                                select repository_id, 'a.jpg', 1, now(), now(), 1, 1, content_hash, 1, false
                                from assets where asset_id = ? returning file_id
                                """)
                        .param(assetId)
                        .query(Long.class)
                        .single();
        ingest.sql("update assets set file_id = ? where asset_id = ?")
                .params(fileId, assetId)
                .update();
        return fileId;
    }

    private void thumbnail(UUID assetId) throws Exception {
        String key = "thumbnails/" + assetId;
        blobs.put(new BlobKey(key), new byte[] {1});
        JdbcClient.create(database.pool(Role.THUMBNAIL))
                .sql(
                        """
                        insert into thumbnails (asset_id, size, asset_version, storage_path, content_hash,
                            file_size, width, height)
                        values (?, 'small', 1, ?, ?, 1, 1, 1)
                        """)
                .params(assetId, StorageUri.ofBlob(own, key).text(), "sha256:" + "0".repeat(64))
                .update();
    }

    private List<UUID> assets() {
        return ingest.sql("select asset_id from assets")
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }
}
