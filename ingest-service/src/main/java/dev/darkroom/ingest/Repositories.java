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
                    select path, storage_strategy, is_default or writable as writable
                    from repositories where repository_id = :id::uuid
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

    /// A repository that originals may be put into.
    ///
    /// @param id the default repository when absent
    Repository find(@Nullable UUID id) throws GiveUp {
        Repository usual = defaultRepository();
        if (id == null || id.equals(usual.id())) {
            return usual;
        }
        Target target =
                jdbc.sql(FIND.text())
                        .param("id", id.toString())
                        .query(
                                (row, _) ->
                                        new Target(
                                                row.getString(1),
                                                row.getString(2),
                                                row.getBoolean(3)))
                        .optional()
                        .orElseThrow(() -> new GiveUp("there is no repository " + id));
        if (!target.writable()) {
            throw new GiveUp(
                    "nothing may be put into repository %s: it is its owner's folder, and not writable"
                            .formatted(id));
        }
        return open(id, target.path(), target.strategy());
    }

    private record Target(String path, String strategy, boolean writable) {}

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
