package dev.darkroom.ingest.watched;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.ingest.asset.AssetRows;
import dev.darkroom.ingest.asset.RequiredTasks;
import dev.darkroom.ingest.file.FileRows;
import dev.darkroom.ingest.file.LookAgain;
import dev.darkroom.ingest.file.OwnStore;
import dev.darkroom.ingest.file.WatchedRepositories;
import dev.darkroom.ingest.sidecar.SidecarReader;
import dev.darkroom.ingest.sidecar.Sidecars;
import dev.darkroom.media.MediaOptions;
import dev.darkroom.media.MediaPool;
import dev.darkroom.schema.FileCreated;
import dev.darkroom.schema.FileDeleted;
import dev.darkroom.schema.FileEvent;
import dev.darkroom.schema.FileModified;
import dev.darkroom.schema.FileMoved;
import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Sha256;
import dev.darkroom.storage.FolderBlobStore;
import dev.darkroom.storage.RepositoryFolder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A watched repository on a real disk and a real PostgreSQL: what sync-service would record is
/// recorded here, as its role, and ingest-service's work follows it.
final class WatchedFolder implements AutoCloseable {
    private static final Map<Integer, byte[]> PHOTOS = new ConcurrentHashMap<>();
    private static final MediaPool MEDIA = new MediaPool(MediaOptions.defaults().withProcesses(2));
    private static final MigratedDatabase DATABASE = migrated();
    private static final HikariDataSource INGEST = DATABASE.pool(Role.INGEST);
    private static final JdbcClient SYNC = JdbcClient.create(DATABASE.pool(Role.SYNC));

    final UUID repositoryId = UUID.randomUUID();
    final UUID ownId;
    final Path root;
    final Path library;
    final JdbcClient ingest = JdbcClient.create(INGEST);
    final JdbcClient admin = DATABASE.asAdmin();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RepositoryFolder folder;
    private final FollowFiles work;
    private final TransactionTemplate transaction =
            new TransactionTemplate(new JdbcTransactionManager(INGEST));

    WatchedFolder(Path scratch, String importMode) throws IOException {
        root = Files.createDirectories(scratch.resolve("photos-" + repositoryId));
        library = scratch.resolve("library");
        folder = RepositoryFolder.at(root.toString());
        ownId = ensureDefault();
        ingest.sql(
                        """
                        insert into repositories (repository_id, name, path, watched, import_mode)
                        values (:id, 'photos', :path, true, :mode)
                        """)
                .param("id", repositoryId)
                .param("path", root.toString())
                .param("mode", importMode)
                .update();
        OwnStore own = new OwnStore(ownId, FolderBlobStore.open(library));
        Outbox outbox = new Outbox(ingest, new EventCodec());
        FileRows rows = new FileRows(ingest);
        WatchedAssets assets = new WatchedAssets(ingest, outbox);
        FilePlans plans = new FilePlans(rows, assets, own);
        FileContents contents = new FileContents(MEDIA, own, meters);
        SidecarReader reader = new SidecarReader(rows, MEDIA);
        AssetRows assetRows =
                new AssetRows(
                        ingest,
                        outbox,
                        new RequiredTasks(
                                List.of("thumbnail"), List.of("thumbnail"), List.of("thumbnail")));
        Sidecars sidecars = new Sidecars(ingest, outbox, reader);
        work =
                new FollowFiles(
                        new WatchedRepositories(ingest),
                        rows,
                        plans,
                        contents,
                        new FileAssets(plans, contents, assets, assetRows),
                        new FreshFiles(rows, assets, assetRows, reader, sidecars),
                        reader,
                        sidecars);
    }

    /// Writes a file and records it; a new file, or another content of one that is there.
    FileEvent put(String path, byte[] bytes) throws IOException {
        FilePath file = new FilePath(path);
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        Path fresh = root.resolveSibling("fresh-" + UUID.randomUUID());
        Files.write(fresh, bytes);
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
        return record(file, bytes);
    }

    FileEvent put(String path, int photo) throws IOException {
        return put(path, photo(photo));
    }

    FileEvent put(String path, String text) throws IOException {
        return put(path, text.getBytes(UTF_8));
    }

    FileEvent move(String from, String to) throws IOException {
        Path target = folder.resolve(new FilePath(to));
        Files.createDirectories(target.getParent());
        Files.move(folder.resolve(new FilePath(from)), target);
        return SYNC.sql(
                        """
                        update file_records set file_path = :to
                        where repository_id = :repository and file_path = :from
                        returning file_id, content_version, content_hash
                        """)
                .param("repository", repositoryId)
                .param("from", from)
                .param("to", to)
                .query(
                        (row, _) ->
                                new FileMoved(
                                        repositoryId,
                                        row.getLong(1),
                                        row.getLong(2),
                                        new FilePath(to),
                                        new FilePath(from),
                                        Sha256.ofContentHash(row.getString(3))))
                .single();
    }

    FileEvent delete(String path) throws IOException {
        Files.delete(folder.resolve(new FilePath(path)));
        return forget(path);
    }

    /// Removes the record only.
    FileEvent forget(String path) {
        return SYNC.sql(
                        """
                        delete from file_records where repository_id = :repository and file_path = :path
                        returning file_id, content_version, content_hash
                        """)
                .param("repository", repositoryId)
                .param("path", path)
                .query(
                        (row, _) ->
                                new FileDeleted(
                                        repositoryId,
                                        row.getLong(1),
                                        row.getLong(2),
                                        new FilePath(path),
                                        Sha256.ofContentHash(row.getString(3))))
                .single();
    }

    private FileEvent record(FilePath path, byte[] bytes) throws IOException {
        Instant modified =
                Files.getLastModifiedTime(folder.resolve(path))
                        .toInstant()
                        .truncatedTo(ChronoUnit.MICROS);
        Sha256 sha256 = Sha256.of(new ByteArrayInputStream(bytes));
        return SYNC.sql(
                        """
                        with changed as (
                            update file_records set file_size = :size, mod_time = :modified,
                                content_hash = :hash, content_version = content_version + 1
                            where repository_id = :repository and file_path = :path
                            returning file_id, content_version),
                        added as (
                            insert into file_records (repository_id, file_path, file_size, mod_time,
                                change_time, device, inode, content_hash, content_version, hash_pending)
                            select :repository, :path, :size, :modified, now(), 1, 1, :hash, 1, false
                            where not exists (select from changed)
                            returning file_id, content_version)
                        select * from changed union all select * from added
                        """)
                .param("repository", repositoryId)
                .param("path", path.text())
                .param("size", (long) bytes.length)
                .param("modified", modified.atOffset(ZoneOffset.UTC))
                .param("hash", sha256.contentHash())
                .query(
                        (row, _) ->
                                event(
                                        row.getLong(1),
                                        row.getLong(2),
                                        path,
                                        bytes.length,
                                        sha256,
                                        modified))
                .single();
    }

    private FileEvent event(
            long fileId, long version, FilePath path, long size, Sha256 sha256, Instant modified) {
        return version == 1
                ? new FileCreated(repositoryId, fileId, version, path, size, sha256, modified)
                : new FileModified(repositoryId, fileId, version, path, size, sha256, modified);
    }

    /// Hands events to the work as delivery does: together, and one by one when that fails.
    void deliver(FileEvent... events) throws Exception {
        deliver(Arrays.asList(events));
    }

    void deliver(List<FileEvent> events) throws Exception {
        List<Done<FileEvent, Followed>> done = new ArrayList<>();
        for (FileEvent event : events.stream().distinct().toList()) {
            done.add(new Done<>(event, work.perform(event), Duration.ofMillis(7)));
        }
        try {
            record(done);
        } catch (LookAgain e) {
            if (events.size() == 1) {
                deliver(events);
                return;
            }
            for (FileEvent event : events) {
                deliver(event);
            }
        }
    }

    /// Looks into the event's file now, and writes what was found when the result is run.
    Runnable lookNow(FileEvent event) throws Exception {
        Followed followed = work.perform(event);
        return () -> record(List.of(new Done<>(event, followed, Duration.ZERO)));
    }

    private void record(List<Done<FileEvent, Followed>> done) {
        transaction.executeWithoutResult(_ -> work.record(done));
    }

    /// One text for each asset of the repository: where it lies, its version, whether in the trash.
    List<String> assets() {
        return assets(repositoryId);
    }

    List<String> assets(UUID repository) {
        return admin.sql(
                        """
                        select original_filename || ' v' || version || coalesce(' in the trash by ' || deleted_by, '')
                        from assets where repository_id = :id order by 1
                        """)
                .param("id", repository)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// A column of the only asset of this name.
    String value(String fileName, String column) {
        return admin.sql(
                        "select "
                                + column
                                + "::text from assets where original_filename = :name and repository_id in (:a, :b)")
                .param("name", fileName)
                .param("a", repositoryId)
                .param("b", ownId)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }

    UUID id(String fileName) {
        return UUID.fromString(value(fileName, "asset_id"));
    }

    /// The types of the events about an asset, in the order they were written.
    List<String> events(UUID assetId) {
        return admin.sql(
                        "select event_type from outbox where aggregate_id = :id order by created_at, id")
                .param("id", assetId.toString())
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// A small photo of its own; the same number is the same bytes.
    static byte[] photo(int number) {
        return PHOTOS.computeIfAbsent(number, WatchedFolder::draw);
    }

    private static byte[] draw(int number) {
        BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int bit = 0; bit < 24; bit++) {
            graphics.setColor((number >> bit & 1) == 1 ? Color.ORANGE : Color.BLUE);
            graphics.fillRect(bit % 6 * 8, bit / 6 * 8, 8, 8);
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private UUID ensureDefault() {
        ingest.sql(
                        """
                        insert into repositories (name, path, is_default) values ('library', :path, true)
                        on conflict do nothing
                        """)
                .param("path", library.toString())
                .update();
        ingest.sql("update repositories set path = :path where is_default")
                .param("path", library.toString())
                .update();
        return ingest.sql("select repository_id from repositories where is_default")
                .query(UUID.class)
                .single();
    }

    private static MigratedDatabase migrated() {
        try {
            return MigratedDatabase.create();
        } catch (SQLException e) {
            throw new IllegalStateException("no database", e);
        }
    }

    @Override
    public void close() {
        ingest.sql("delete from repositories where repository_id = :id")
                .param("id", repositoryId)
                .update();
        ingest.sql("delete from assets").update();
    }
}
