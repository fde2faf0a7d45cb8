package dev.darkroom.embedding.depth;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.inference.depth.DepthFile;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.BlobNotFound;
import dev.darkroom.storage.BlobStore;
import dev.darkroom.storage.FolderBlobStore;
import dev.darkroom.storage.StorageFull;
import dev.darkroom.storage.StoredBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The files of depth maps: beside the thumbnails, in the default repository.
///
/// No two makings share a name, so a file is only ever deleted by who knows that no row names it.
class DepthStore {
    static final Sql FIND_DEFAULT =
            new Sql("select repository_id, path from repositories where is_default");

    static final String FOLDER = "depth";

    private static final int NONCE = 8;

    private final JdbcClient jdbc;
    private final Map<UUID, BlobStore> open = new ConcurrentHashMap<>();

    DepthStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Where a file came to be.
    record Placed(StorageUri uri, StoredBlob blob) {}

    private record Home(UUID repositoryId, BlobStore blobs) {}

    /// Stores the files of one map, each whole and for good.
    ///
    /// @throws DependencyDown when there is no room
    List<Placed> put(DepthSource source, List<DepthFile> files) throws IOException {
        Home home = home();
        Map<BlobKey, byte[]> blobs = new LinkedHashMap<>();
        files.forEach(file -> blobs.put(keyFor(source, file), file.bytes()));
        try {
            List<Placed> placed = new ArrayList<>();
            for (StoredBlob blob : home.blobs().putAll(blobs)) {
                StorageUri uri = StorageUri.ofBlob(home.repositoryId(), blob.key().value());
                placed.add(new Placed(uri, blob));
            }
            return placed;
        } catch (StorageFull e) {
            throw new DependencyDown("the store is full", e);
        }
    }

    /// Whether the file is there and holds what it should.
    boolean isWhole(StorageUri uri, String sha256) throws IOException {
        Home home = home();
        if (!uri.repositoryId().equals(home.repositoryId())) {
            return false;
        }
        try (InputStream bytes = home.blobs().read(new BlobKey(uri.file().text()))) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream hashing = new DigestInputStream(bytes, digest)) {
                hashing.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest()).equals(sha256);
        } catch (BlobNotFound e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void delete(StorageUri uri) throws IOException {
        Home home = home();
        if (uri.repositoryId().equals(home.repositoryId())) {
            home.blobs().delete(new BlobKey(uri.file().text()));
        }
    }

    /// Shows every file that nobody has touched since, some thousand at a time.
    void untouchedSince(Instant time, Consumer<List<StorageUri>> pages) throws IOException {
        Home home = home();
        List<StorageUri> page = new ArrayList<>();
        try (Stream<BlobKey> keys = home.blobs().list(FOLDER + "/")) {
            for (BlobKey key : (Iterable<BlobKey>) keys::iterator) {
                if (isOlder(home.blobs(), key, time)) {
                    page.add(StorageUri.ofBlob(home.repositoryId(), key.value()));
                }
                if (page.size() == 1_000) {
                    pages.accept(List.copyOf(page));
                    page.clear();
                }
            }
        }
        if (!page.isEmpty()) {
            pages.accept(page);
        }
    }

    private static boolean isOlder(BlobStore blobs, BlobKey key, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(blobs.local(key)).toInstant().isBefore(time);
        } catch (BlobNotFound | NoSuchFileException e) {
            return false; // gone meanwhile
        }
    }

    private static BlobKey keyFor(DepthSource source, DepthFile file) {
        String id = source.assetId().toString();
        return BlobKey.of(
                FOLDER,
                id.substring(id.length() - 2),
                "%s-v%d-%s.%s"
                        .formatted(
                                id,
                                source.version(),
                                UUID.randomUUID().toString().substring(0, NONCE),
                                file.format().extension()));
    }

    private Home home() {
        return jdbc.sql(FIND_DEFAULT.text())
                .query((row, _) -> home(row.getObject(1, UUID.class), row.getString(2)))
                .single();
    }

    private Home home(UUID id, String path) {
        return new Home(id, open.computeIfAbsent(id, _ -> open(id, path)));
    }

    private static BlobStore open(UUID id, String path) {
        try {
            return FolderBlobStore.open(Path.of(path));
        } catch (IOException e) {
            throw new DependencyDown(
                    "the folder of repository " + id + " cannot be used: " + path, e);
        }
    }
}
