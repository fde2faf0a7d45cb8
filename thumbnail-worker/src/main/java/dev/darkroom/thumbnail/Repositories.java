package dev.darkroom.thumbnail;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.FolderBlobStore;
import dev.darkroom.storage.RepositoryFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The repositories that originals are read from, and the one that thumbnails go to: the default
/// one, never a user's own folder.
class Repositories {
    static final Sql FIND =
            new Sql("select path from repositories where repository_id = :id::uuid");

    static final Sql FIND_DEFAULT =
            new Sql("select repository_id, path from repositories where is_default");

    private final JdbcClient jdbc;
    private final RepositoryFolders folders;
    private final Map<UUID, DerivedStore> open = new ConcurrentHashMap<>();

    Repositories(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.folders = new RepositoryFolders(this::path);
    }

    /// The store that thumbnails go to.
    DerivedStore derived() {
        return jdbc.sql(FIND_DEFAULT.text())
                .query((row, _) -> derived(row.getObject(1, UUID.class), row.getString(2)))
                .single();
    }

    /// The original, for reading: ours, or a user's file where it lies.
    Path original(StorageUri source) throws IOException {
        return folders.locate(source);
    }

    private DerivedStore derived(UUID id, String path) {
        return open.computeIfAbsent(id, _ -> open(id, path));
    }

    private Optional<String> path(UUID id) {
        return jdbc.sql(FIND.text())
                .param("id", id.toString())
                .query((row, _) -> row.getString(1))
                .optional();
    }

    private static DerivedStore open(UUID id, String path) {
        try {
            return new DerivedStore(id, FolderBlobStore.open(Path.of(path)));
        } catch (IOException e) {
            throw new DependencyDown(
                    "the folder of repository " + id + " cannot be used: " + path, e);
        }
    }
}
