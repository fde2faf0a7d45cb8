package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import dev.darkroom.sync.files.RootIdentity;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is remembered about the folder of a repository, to know it again: `repository_sync`.
public final class FolderMemory {
    static final Sql LOAD =
            new Sql(
                    """
                    select root_marked, root_device, root_inode, mount_points from repository_sync
                    where repository_id = :repositoryId::uuid
                    """);

    static final Sql KEEP_ROOT =
            new Sql(
                    """
                    update repository_sync
                    set root_marked = :marked, root_device = :device, root_inode = :inode
                    where repository_id = :repositoryId::uuid and lease_fence = :fence
                    """);

    static final Sql KEEP_MOUNTS =
            new Sql(
                    """
                    update repository_sync set mount_points = :mounts::text[]
                    where repository_id = :repositoryId::uuid and lease_fence = :fence
                        and mount_points <> :mounts::text[]
                    """);

    private final JdbcClient jdbc;

    public FolderMemory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What is known.
    ///
    /// @param marked whether a marker was written
    /// @param root which folder it was, where no marker could be written
    /// @param mounts folders in which something was mounted
    public record Known(boolean marked, Optional<RootIdentity> root, List<String> mounts) {}

    public Known load(UUID repositoryId) {
        return jdbc.sql(LOAD.text())
                .param("repositoryId", repositoryId.toString())
                .query(
                        (row, _) ->
                                new Known(
                                        row.getBoolean(1),
                                        row.getObject(2) == null
                                                ? Optional.empty()
                                                : Optional.of(
                                                        new RootIdentity(
                                                                row.getLong(2),
                                                                row.getLong(3),
                                                                false)),
                                        Leases.strings(row.getArray(4))))
                .single();
    }

    public void keepRoot(Lease lease, boolean marked, RootIdentity root) {
        jdbc.sql(KEEP_ROOT.text())
                .param("repositoryId", lease.repositoryId().toString())
                .param("fence", lease.fence())
                .param("marked", marked)
                .param("device", root.device())
                .param("inode", root.inode())
                .update();
    }

    public void keepMounts(Lease lease, Collection<String> mounts) {
        jdbc.sql(KEEP_MOUNTS.text())
                .param("repositoryId", lease.repositoryId().toString())
                .param("fence", lease.fence())
                .param("mounts", mounts.toArray(String[]::new))
                .update();
    }
}
