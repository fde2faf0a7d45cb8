package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Who keeps which repository in step: `repository_sync`.
///
/// A lease that is not renewed runs out, by PostgreSQL's clock, and the next instance that looks
/// takes it with a higher fence.
public final class Leases {
    static final Sql PREPARE =
            new Sql(
                    """
                    insert into repository_sync (repository_id)
                    select repository_id from repositories where watched
                    on conflict do nothing
                    """);

    static final Sql WATCHED =
            new Sql(
                    """
                    select r.repository_id, r.name, r.path, r.writable, r.ignore_patterns, r.rescan_interval_seconds,
                        r.delete_fuse_percent, s.paused, s.lease_holder, s.lease_fence, s.handover_to,
                        s.lease_until > now() as held
                    from repositories r join repository_sync s using (repository_id)
                    where r.watched
                    order by r.repository_id
                    """);

    /// An instance that was stopped in a transaction keeps the row locked; the others go on.
    static final Sql CLAIM =
            new Sql(
                    """
                    with free as (
                        select repository_id from repository_sync
                        where repository_id = :repositoryId::uuid and lease_until <= now()
                        for update skip locked)
                    update repository_sync s
                    set lease_holder = :holder, lease_fence = s.lease_fence + 1, handover_to = null,
                        lease_until = now() + make_interval(secs => :seconds)
                    from free where s.repository_id = free.repository_id
                    returning s.lease_fence
                    """);

    /// Not while a long transaction of this very instance has the row.
    static final Sql RENEW =
            new Sql(
                    """
                    with mine as (
                        select repository_id from repository_sync
                        where repository_id = :repositoryId::uuid and lease_holder = :holder and lease_fence = :fence
                        for update skip locked)
                    update repository_sync s set lease_until = now() + make_interval(secs => :seconds)
                    from mine where s.repository_id = mine.repository_id
                    """);

    static final Sql IS_MINE =
            new Sql(
                    """
                    select exists (
                        select from repository_sync
                        where repository_id = :repositoryId::uuid and lease_holder = :holder
                            and lease_fence = :fence)
                    """);

    static final Sql RELEASE =
            new Sql(
                    """
                    update repository_sync set lease_until = '-infinity', lease_holder = null, handover_to = null
                    where repository_id = :repositoryId::uuid and lease_holder = :holder and lease_fence = :fence
                    """);

    static final Sql ASK =
            new Sql(
                    """
                    update repository_sync set handover_to = :holder
                    where repository_id = :repositoryId::uuid and lease_holder <> :holder and lease_until > now()
                    """);

    static final Sql PAUSE =
            new Sql(
                    """
                    update repository_sync set paused = :reason where repository_id = :repositoryId::uuid
                    """);

    static final Sql RESUME =
            new Sql(
                    """
                    update repository_sync set paused = null
                    where repository_id = :repositoryId::uuid and paused is not null
                    """);

    private final JdbcClient jdbc;

    public Leases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A repository and who keeps it.
    ///
    /// @param lease the last one, which may have run out
    /// @param held whether it has not
    /// @param handoverTo who asks for it
    public record Watched(
            WatchedRepository repository,
            @Nullable Lease lease,
            boolean held,
            @Nullable String handoverTo) {}

    /// All repositories that are to be kept in step.
    public List<Watched> watched() {
        jdbc.sql(PREPARE.text()).update();
        return jdbc.sql(WATCHED.text()).query((row, _) -> watched(row)).list();
    }

    /// Takes a lease that has run out, or was given back.
    public Optional<Lease> claim(UUID repositoryId, String holder, Duration time) {
        return jdbc.sql(CLAIM.text())
                .param("repositoryId", repositoryId.toString())
                .param("holder", holder)
                .param("seconds", time.toMillis() / 1_000.0)
                .query((row, _) -> new Lease(repositoryId, holder, row.getLong(1)))
                .optional();
    }

    /// Keeps a lease for longer.
    ///
    /// @return false if it is lost
    public boolean renew(Lease lease, Duration time) {
        return of(RENEW, lease).param("seconds", time.toMillis() / 1_000.0).update() == 1
                || of(IS_MINE, lease).query((row, _) -> row.getBoolean(1)).single();
    }

    /// Gives a lease back, so that nobody has to wait until it runs out.
    public void release(Lease lease) {
        of(RELEASE, lease).update();
    }

    /// Asks whoever keeps a repository to let this instance have it.
    public void ask(UUID repositoryId, String holder) {
        jdbc.sql(ASK.text())
                .param("repositoryId", repositoryId.toString())
                .param("holder", holder)
                .update();
    }

    /// Stops all work on a repository until somebody resumes it.
    public void pause(UUID repositoryId, String reason) {
        jdbc.sql(PAUSE.text())
                .param("repositoryId", repositoryId.toString())
                .param("reason", reason)
                .update();
    }

    /// Lets a paused repository go on.
    ///
    /// @return whether it was paused
    public boolean resume(UUID repositoryId) {
        return jdbc.sql(RESUME.text()).param("repositoryId", repositoryId.toString()).update() == 1;
    }

    private JdbcClient.StatementSpec of(Sql sql, Lease lease) {
        return jdbc.sql(sql.text())
                .param("repositoryId", lease.repositoryId().toString())
                .param("holder", lease.holder())
                .param("fence", lease.fence());
    }

    private static Watched watched(ResultSet row) throws SQLException {
        UUID id = row.getObject("repository_id", UUID.class);
        String holder = row.getString("lease_holder");
        return new Watched(
                new WatchedRepository(
                        id,
                        row.getString("name"),
                        Path.of(row.getString("path")),
                        row.getBoolean("writable"),
                        strings(row.getArray("ignore_patterns")),
                        Duration.ofSeconds(row.getInt("rescan_interval_seconds")),
                        row.getInt("delete_fuse_percent"),
                        row.getString("paused")),
                holder == null ? null : new Lease(id, holder, row.getLong("lease_fence")),
                row.getBoolean("held"),
                row.getString("handover_to"));
    }

    static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
