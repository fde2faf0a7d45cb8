package dev.darkroom.ingest;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.ingest.Ingested.Stored;
import dev.darkroom.ingest.asset.AssetRows;
import dev.darkroom.ingest.asset.Content;
import dev.darkroom.ingest.asset.NewAsset;
import dev.darkroom.schema.AssetDuplicate;
import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.Event;
import dev.darkroom.schema.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What submissions add to the library: rows for new bytes, a word for bytes that are there.
class Assets {
    static final Sql FIND_ORIGINALS =
            new Sql(
                    """
                    select content_hash from asset_files
                    where asset_id = :id::uuid and role = 'original'
                    """);

    static final Sql FIND_BY_CONTENT =
            new Sql(
                    """
                    select asset_id from assets
                    where content_hash = :hash and repository_id = :repository::uuid
                        and owner_id is not distinct from :owner::uuid and deleted_at is null
                    """);

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final AssetRows rows;

    Assets(JdbcClient jdbc, Outbox outbox, AssetRows rows) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.rows = rows;
    }

    /// The contents that an asset has had, in all its versions; empty when there is no such asset.
    Set<Sha256> originals(UUID assetId) {
        return new HashSet<>(
                jdbc.sql(FIND_ORIGINALS.text())
                        .param("id", assetId.toString())
                        .query((row, _) -> Sha256.ofContentHash(row.getString(1)))
                        .list());
    }

    /// The asset with these bytes, or null.
    @Nullable UUID findByContent(@Nullable UUID ownerId, UUID repositoryId, Sha256 sha256) {
        return jdbc.sql(FIND_BY_CONTENT.text())
                .param("hash", sha256.contentHash())
                .param("repository", repositoryId.toString())
                .param("owner", text(ownerId))
                .query((row, _) -> row.getObject(1, UUID.class))
                .optional()
                .orElse(null);
    }

    /// Writes the rows and events of a batch in the running transaction.
    ///
    /// @return those that were stored but not written, because another asset with the same bytes
    ///   was first
    List<Stored> add(List<Done<AssetSubmitted, Ingested>> done) {
        Map<UUID, Arrived> arrived = new LinkedHashMap<>();
        List<Event> events = new ArrayList<>();
        for (Done<AssetSubmitted, Ingested> one : done) {
            AssetSubmitted submission = one.message();
            switch (one.result()) {
                case Stored stored ->
                        requireSameContent(
                                stored,
                                arrived.putIfAbsent(
                                        submission.assetId(),
                                        new Arrived(submission, stored, one.took())));
                case Ingested.Duplicate(UUID of, Sha256 sha256) ->
                        events.add(duplicate(submission, of, sha256));
                case Ingested.AlreadyThere() -> {}
            }
        }
        Set<UUID> added = rows.add(arrived.values().stream().map(Arrived::asset).toList());
        List<Stored> beaten = new ArrayList<>();
        for (Arrived asset : arrived.values()) {
            if (!added.contains(asset.id()) && isTaken(asset)) {
                beaten.add(asset.stored());
                events.add(duplicate(asset.submission(), first(asset), asset.stored().sha256()));
            }
        }
        outbox.add(events);
        return beaten;
    }

    /// A submission whose bytes are stored.
    private record Arrived(AssetSubmitted submission, Stored stored, Duration took) {
        UUID id() {
            return submission.assetId();
        }

        NewAsset asset() {
            return new NewAsset(
                    submission.assetId(),
                    stored.repository().id(),
                    submission.ownerId(),
                    null,
                    submission.fileName(),
                    stored.uri(),
                    Content.of(stored.facts(), submission.size(), stored.sha256()),
                    submission.priority(),
                    submission.submittedAt(),
                    took);
        }
    }

    /// Whether the asset's bytes belong to another asset; otherwise the asset is there already, its
    /// record came again.
    ///
    /// @throws IdTaken when the id belongs to other bytes
    private boolean isTaken(Arrived asset) {
        Set<Sha256> originals = originals(asset.id());
        if (!originals.isEmpty() && !originals.contains(asset.stored().sha256())) {
            throw new IdTaken(asset.id());
        }
        return originals.isEmpty();
    }

    /// Two submissions of a batch with one id and different bytes are written one by one, so that
    /// one of them fails.
    private static void requireSameContent(Stored stored, @Nullable Arrived sameId) {
        if (sameId != null && !sameId.stored().sha256().equals(stored.sha256())) {
            throw new IdTaken(sameId.id());
        }
    }

    private static AssetDuplicate duplicate(AssetSubmitted submission, UUID of, Sha256 sha256) {
        return new AssetDuplicate(submission.assetId(), of, sha256, submission.submittedAt());
    }

    /// The asset whose bytes were there first.
    private UUID first(Arrived asset) {
        UUID first =
                findByContent(
                        asset.submission().ownerId(),
                        asset.stored().repository().id(),
                        asset.stored().sha256());
        if (first == null) {
            throw new IllegalStateException(
                    "asset %s was not written, and no other has its bytes".formatted(asset.id()));
        }
        return first;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
