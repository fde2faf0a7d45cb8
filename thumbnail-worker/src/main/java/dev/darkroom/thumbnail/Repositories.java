package dev.darkroom.thumbnail;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.storage.BlobStore;
import dev.darkroom.storage.FolderBlobStore;
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
            new Sql("select repository_id from repositories where is_default");

    private final JdbcClient jdbc;
    private final Map<UUID, BlobStore> open = new ConcurrentHashMap<>();

    Repositories(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The store that thumbnails go to.
    DerivedStore derived() throws GiveUp {
        UUID id = jdbc.sql(FIND_DEFAULT.text()).query(UUID.class).single();
        return new DerivedStore(id, store(id));
    }

    /// The store of a repository.
    BlobStore store(UUID id) throws GiveUp {
        BlobStore known = open.get(id);
        if (known != null) {
            return known;
        }
        Optional<String> path =
                jdbc.sql(FIND.text()).param("id", id.toString()).query(String.class).optional();
        if (path.isEmpty()) {
            throw new GiveUp("there is no repository " + id);
        }
        return open.computeIfAbsent(id, _ -> open(id, path.get()));
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
