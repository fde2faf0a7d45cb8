package dev.darkroom.ingest.file;

import dev.darkroom.database.Sql;
import dev.darkroom.storage.RepositoryFolder;
import dev.darkroom.storage.StorageStrategy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Looks repositories up, and lets one writer at a time follow the files of each.
public class WatchedRepositories {
    static final Sql FIND =
            new Sql(
                    """
                    select repository_id, path, owner_id, storage_strategy, import_mode = 'copy' as copies
                    from repositories where repository_id = :id::uuid
                    """);

    static final Sql LOCK =
            new Sql(
                    """
                    select repository_id from repositories where repository_id = any(:ids::uuid[])
                    order by repository_id for no key update
                    """);

    private final JdbcClient jdbc;

    public WatchedRepositories(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The repository as it stands, or empty when it is gone.
    public Optional<WatchedRepository> find(UUID id) {
        return jdbc.sql(FIND.text())
                .param("id", id.toString())
                .query(WatchedRepositories::repository)
                .optional();
    }

    /// Waits until no other transaction follows files of these, and holds them until this one ends:
    /// two files with one content must not decide at once whose asset it is.
    public void lock(Collection<UUID> ids) {
        jdbc.sql(LOCK.text())
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static WatchedRepository repository(ResultSet row, int number) throws SQLException {
        return new WatchedRepository(
                row.getObject("repository_id", UUID.class),
                RepositoryFolder.at(row.getString("path")),
                row.getObject("owner_id", UUID.class),
                StorageStrategy.valueOf(row.getString("storage_strategy").toUpperCase(Locale.ROOT)),
                row.getBoolean("copies"));
    }
}
