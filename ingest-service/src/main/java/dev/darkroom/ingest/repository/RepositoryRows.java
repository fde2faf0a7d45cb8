package dev.darkroom.ingest.repository;

import dev.darkroom.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `repositories`.
class RepositoryRows {
    private static final String COLUMNS =
            """
            r.repository_id, r.path, r.is_default, r.name, r.storage_strategy, r.import_mode,
                r.owner_id, r.ignore_patterns, r.writable, r.rescan_interval_seconds,
                r.delete_fuse_percent, r.watched, r.created_at, r.updated_at,
                (select count(*) from assets a
                    where a.repository_id = r.repository_id and a.deleted_at is null) as assets
            from repositories r
            """;

    static final Sql LIST =
            new Sql("select " + COLUMNS + "order by not r.is_default, r.name, r.created_at");

    static final Sql FIND = new Sql("select " + COLUMNS + "where r.repository_id = :id::uuid");

    static final Sql OVERLAPPING =
            new Sql(
                    "select "
                            + COLUMNS
                            + """
                            where r.path = :path or starts_with(r.path, rtrim(:path, '/') || '/')
                                or starts_with(:path, rtrim(r.path, '/') || '/')
                            order by r.path limit 1
                            """);

    static final Sql ADD =
            new Sql(
                    """
                    insert into repositories (repository_id, path, name, storage_strategy, import_mode, owner_id,
                        ignore_patterns, writable, rescan_interval_seconds, delete_fuse_percent, watched)
                    values (:id::uuid, :path, :name, :strategy, :mode, :owner::uuid, :ignore::text[], :writable,
                        :rescan, :fuse, :watched)
                    """);

    static final Sql CHANGE =
            new Sql(
                    """
                    update repositories set name = :name, storage_strategy = :strategy, import_mode = :mode,
                        owner_id = :owner::uuid, ignore_patterns = :ignore::text[], writable = :writable,
                        rescan_interval_seconds = :rescan, delete_fuse_percent = :fuse, watched = :watched
                    where repository_id = :id::uuid
                    """);

    static final Sql FORGET =
            new Sql(
                    """
                    delete from repositories
                    where repository_id = :id::uuid and not is_default and not watched
                    """);

    private final JdbcClient jdbc;

    RepositoryRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// All, the default one first.
    List<RegisteredRepository> list() {
        return jdbc.sql(LIST.text()).query(RepositoryRows::repository).list();
    }

    Optional<RegisteredRepository> find(UUID id) {
        return jdbc.sql(FIND.text())
                .param("id", id.toString())
                .query(RepositoryRows::repository)
                .optional();
    }

    /// A repository at this path, inside of it, or around it.
    Optional<RegisteredRepository> overlapping(String path) {
        return jdbc.sql(OVERLAPPING.text())
                .param("path", path)
                .query(RepositoryRows::repository)
                .optional();
    }

    void add(UUID id, String path, RepositorySettings settings) {
        bind(jdbc.sql(ADD.text()).param("path", path), id, settings).update();
    }

    void change(UUID id, RepositorySettings settings) {
        bind(jdbc.sql(CHANGE.text()), id, settings).update();
    }

    /// Removes it, and says whether it went: the default one and one that is watched stay.
    boolean forget(UUID id) {
        return jdbc.sql(FORGET.text()).param("id", id.toString()).update() > 0;
    }

    private static JdbcClient.StatementSpec bind(
            JdbcClient.StatementSpec statement, UUID id, RepositorySettings settings) {
        UUID owner = settings.ownerId();
        return statement
                .param("id", id.toString())
                .param("name", settings.name())
                .param("strategy", settings.storageStrategy())
                .param("mode", settings.importMode())
                .param("owner", owner == null ? null : owner.toString())
                .param("ignore", settings.ignorePatterns().toArray(String[]::new))
                .param("writable", settings.writable())
                .param("rescan", settings.rescanIntervalSeconds())
                .param("fuse", settings.deleteFusePercent())
                .param("watched", settings.watched());
    }

    private static RegisteredRepository repository(ResultSet row, int number) throws SQLException {
        @Nullable UUID owner = row.getObject("owner_id", UUID.class);
        RepositorySettings settings =
                new RepositorySettings(
                        row.getString("name"),
                        row.getString("storage_strategy"),
                        row.getString("import_mode"),
                        owner,
                        Arrays.asList((String[]) row.getArray("ignore_patterns").getArray()),
                        row.getBoolean("writable"),
                        row.getInt("rescan_interval_seconds"),
                        row.getInt("delete_fuse_percent"),
                        row.getBoolean("watched"));
        return new RegisteredRepository(
                row.getObject("repository_id", UUID.class),
                row.getString("path"),
                row.getBoolean("is_default"),
                settings,
                row.getLong("assets"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
