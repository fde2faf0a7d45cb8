package dev.darkroom.ingest;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.storage.FolderBlobStore;
import dev.darkroom.storage.StorageStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The repositories that originals can go to.
class Repositories {
    static final Sql ENSURE_DEFAULT =
            new Sql(
                    """
                    insert into repositories (repository_id, name, path, is_default)
                    select :id::uuid, 'library', :path, true
                    where not exists (select from repositories where is_default)
                    on conflict do nothing
                    """);

    static final Sql FIND =
            new Sql(
                    """
                    select repository_id, path, storage_strategy from repositories
                    where repository_id = :id::uuid
                    """);

    static final Sql FIND_DEFAULT =
            new Sql(
                    """
                    select repository_id, path, storage_strategy from repositories where is_default
                    """);

    private final JdbcClient jdbc;
    private final Map<UUID, Repository> open = new ConcurrentHashMap<>();
    private volatile @Nullable Repository defaultRepository;

    Repositories(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Registers the default repository, unless there is one.
    void ensureDefault(UUID id, Path folder) {
        jdbc.sql(ENSURE_DEFAULT.text())
                .param("id", id.toString())
                .param("path", folder.toAbsolutePath().normalize().toString())
                .update();
    }

    Repository defaultRepository() {
        Repository known = defaultRepository;
        if (known != null) {
            return known;
        }
        Repository found =
                jdbc.sql(FIND_DEFAULT.text())
                        .query(
                                (row, _) ->
                                        open(
                                                row.getObject(1, UUID.class),
                                                row.getString(2),
                                                row.getString(3)))
                        .single();
        defaultRepository = found;
        return found;
    }

    /// @param id the default repository when absent
    Repository find(@Nullable UUID id) throws GiveUp {
        if (id == null) {
            return defaultRepository();
        }
        Repository known = open.get(id);
        if (known != null) {
            return known;
        }
        Optional<Repository> found =
                jdbc.sql(FIND.text())
                        .param("id", id.toString())
                        .query((row, _) -> open(id, row.getString(2), row.getString(3)))
                        .optional();
        return found.orElseThrow(() -> new GiveUp("there is no repository " + id));
    }

    private Repository open(UUID id, String path, String strategy) {
        return open.computeIfAbsent(
                id,
                _ -> {
                    try {
                        return new Repository(
                                id,
                                StorageStrategy.valueOf(strategy.toUpperCase(Locale.ROOT)),
                                FolderBlobStore.open(Path.of(path)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(
                                "the folder of repository " + id + " cannot be used: " + path, e);
                    }
                });
    }
}
