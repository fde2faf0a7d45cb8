package dev.darkroom.library.catalogue;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.schema.AssetDeleted;
import dev.darkroom.schema.AssetUpdated;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What people put into the trash, and take out again. Files stay where they are; ingest-service
/// empties the trash after its time.
public class Trash {
    /// What sync put there is the user's from then on: its file coming back does not restore it.
    static final Sql PUT =
            new Sql(
                    """
                    update assets set deleted_at = coalesce(deleted_at, now()), deleted_by = 'user'
                    where asset_id = :id and deleted_by is distinct from 'user'
                    returning version
                    """);

    static final Sql RESTORE =
            new Sql(
                    """
                    update assets set deleted_at = null, deleted_by = null
                    where asset_id = :id and deleted_at is not null
                    returning version
                    """);

    /// Whether an asset's file lies in a watched folder and is not there any more, or holds
    /// something else.
    static final Sql FILE_GONE =
            new Sql(
                    """
                    select r.watched and not r.is_default and not exists (
                        select from file_records f
                        where f.file_id = a.file_id and f.content_hash = a.content_hash)
                    from assets a join repositories r on r.repository_id = a.repository_id
                    where a.asset_id = :id
                    """);

    static final Sql SAME_CONTENT =
            new Sql(
                    """
                    select exists (
                        select from assets o join assets a on a.asset_id = :id
                        where o.asset_id <> a.asset_id and o.deleted_at is null
                            and o.content_hash = a.content_hash and o.repository_id = a.repository_id
                            and o.owner_id is not distinct from a.owner_id)
                    """);

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Transaction transaction;

    /// @param transaction runs what it is given in a transaction
    public Trash(JdbcClient jdbc, Outbox outbox, Transaction transaction) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    /// Runs work in a transaction of its own.
    public interface Transaction {
        <T> T run(Supplier<T> work);
    }

    /// What became of the wish to take something out of the trash.
    enum Restored {
        DONE,
        NO_SUCH_ASSET,
        /// Its file is not there, or is another; it comes back when the file does.
        FILE_GONE,
        /// An asset with the same content is in the library.
        SAME_CONTENT
    }

    /// Puts an asset into the trash; one that a user has put there stays.
    ///
    /// @return whether there is such an asset
    boolean put(UUID assetId) {
        return transaction.run(
                () -> {
                    if (fileGone(assetId).isEmpty()) {
                        return false;
                    }
                    jdbc.sql(PUT.text())
                            .param("id", assetId)
                            .query((row, _) -> row.getLong(1))
                            .optional()
                            .ifPresent(
                                    version ->
                                            outbox.add(
                                                    List.of(
                                                            new AssetDeleted(
                                                                    assetId,
                                                                    version,
                                                                    "user",
                                                                    false,
                                                                    Instant.now()))));
                    return true;
                });
    }

    /// Takes an asset out of the trash; one that is not there stays as it is.
    Restored restore(UUID assetId) {
        return transaction.run(() -> restoreNow(assetId));
    }

    private Restored restoreNow(UUID assetId) {
        Optional<Boolean> fileGone = fileGone(assetId);
        if (fileGone.isEmpty()) {
            return Restored.NO_SUCH_ASSET;
        }
        if (fileGone.get()) {
            return Restored.FILE_GONE;
        }
        if (jdbc.sql(SAME_CONTENT.text())
                .param("id", assetId)
                .query((row, _) -> row.getBoolean(1))
                .single()) {
            return Restored.SAME_CONTENT;
        }
        jdbc.sql(RESTORE.text())
                .param("id", assetId)
                .query((row, _) -> row.getLong(1))
                .optional()
                .ifPresent(
                        version ->
                                outbox.add(
                                        List.of(
                                                new AssetUpdated(
                                                        assetId,
                                                        version,
                                                        List.of("deleted_at", "deleted_by"),
                                                        Instant.now()))));
        return Restored.DONE;
    }

    /// Empty when there is no such asset.
    private Optional<Boolean> fileGone(UUID assetId) {
        return jdbc.sql(FILE_GONE.text())
                .param("id", assetId)
                .query((row, _) -> row.getBoolean(1))
                .optional();
    }
}
