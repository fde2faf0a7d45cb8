package dev.darkroom.ingest;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.ingest.Ingested.Stored;
import dev.darkroom.media.MediaFacts;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetDuplicate;
import dev.darkroom.schema.AssetReady;
import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.AssetType;
import dev.darkroom.schema.Event;
import dev.darkroom.schema.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// The `assets` rows and what is born with them: the original's file row, the ledger rows, the
/// events.
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

    /// One row per element of the arrays; a row whose bytes are there already is left out and not
    /// returned.
    static final Sql ADD =
            new Sql(
                    """
                    insert into assets (asset_id, repository_id, owner_id, asset_type, original_filename,
                        storage_path, mime_type, file_size, content_hash, width, height, orientation,
                        duration_seconds, uploaded_at, taken_at, camera_make, camera_model, lens_model, iso,
                        aperture, shutter_speed, focal_length, latitude, longitude, altitude, is_raw,
                        specific_metadata)
                    select u.* from unnest(:ids::uuid[], :repositories::uuid[], :owners::uuid[],
                        :types::asset_type[], :names::text[], :paths::text[], :mimes::text[], :sizes::bigint[],
                        :hashes::text[], :widths::int[], :heights::int[], :orientations::smallint[],
                        :durations::numeric[], :uploaded::timestamptz[], :taken::timestamptz[], :makes::text[],
                        :models::text[], :lenses::text[], :isos::int[], :apertures::numeric[], :shutters::text[],
                        :focals::numeric[], :latitudes::numeric[], :longitudes::numeric[],
                        :altitudes::numeric[], :raws::boolean[], :metadata::jsonb[]) as u
                    on conflict do nothing
                    returning asset_id
                    """);

    static final Sql ADD_ORIGINALS =
            new Sql(
                    """
                    insert into asset_files (asset_id, role, storage_path, content_hash, file_size, mime_type)
                    select asset_id, 'original', storage_path, content_hash, file_size, mime_type
                    from assets where asset_id = any(:ids::uuid[])
                    on conflict do nothing
                    """);

    static final Sql ADD_INGEST_TASKS =
            new Sql(
                    """
                    insert into processing_tasks (asset_id, task, asset_version, status, priority, attempts,
                        queued_at, started_at, completed_at, processing_duration_seconds)
                    select u.asset_id, 'ingest', 1, 'completed', u.priority, 1, u.queued_at,
                        now() - make_interval(secs => u.seconds), now(), u.seconds
                    from unnest(:ids::uuid[], :priorities::int[], :submitted::timestamptz[],
                        :seconds::double precision[]) as u (asset_id, priority, queued_at, seconds)
                    on conflict do nothing
                    """);

    static final Sql ADD_PENDING_TASKS =
            new Sql(
                    """
                    insert into processing_tasks (asset_id, task, asset_version, priority)
                    select u.asset_id, t.task, 1, u.priority
                    from unnest(:ids::uuid[], :priorities::int[]) as u (asset_id, priority),
                        unnest(:tasks::text[]) as t (task)
                    on conflict do nothing
                    """);

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final List<String> photoTasks;
    private final JsonMapper json = new JsonMapper();

    /// @param photoTasks the tasks that every photo must have completed before it is ready
    Assets(JdbcClient jdbc, Outbox outbox, List<String> photoTasks) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.photoTasks = photoTasks;
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
        Map<UUID, NewAsset> stored = new LinkedHashMap<>();
        List<Event> events = new ArrayList<>();
        Instant now = Instant.now();
        for (Done<AssetSubmitted, Ingested> one : done) {
            switch (one.result()) {
                case Stored result ->
                        requireSameContent(
                                result,
                                stored.putIfAbsent(
                                        one.message().assetId(),
                                        new NewAsset(one.message(), result, one.took())));
                case Ingested.Duplicate(UUID of, Sha256 sha256) ->
                        events.add(duplicate(one.message(), of, sha256));
                case Ingested.AlreadyThere() -> {}
            }
        }
        Set<UUID> added = insert(List.copyOf(stored.values()));
        List<Stored> beaten = new ArrayList<>();
        for (NewAsset asset : stored.values()) {
            if (added.contains(asset.id())) {
                events.addAll(born(asset, now));
            } else if (isTaken(asset)) {
                beaten.add(asset.stored());
                events.add(duplicate(asset.submission(), first(asset), asset.stored().sha256()));
            }
        }
        outbox.add(events);
        return beaten;
    }

    /// Whether the asset's bytes belong to another asset; otherwise the asset is there already, its
    /// record came again.
    ///
    /// @throws IdTaken when the id belongs to other bytes
    private boolean isTaken(NewAsset asset) {
        Set<Sha256> originals = originals(asset.id());
        if (!originals.isEmpty() && !originals.contains(asset.stored().sha256())) {
            throw new IdTaken(asset.id());
        }
        return originals.isEmpty();
    }

    /// Two submissions of a batch with one id and different bytes are written one by one, so that
    /// one of them fails.
    private static void requireSameContent(Stored stored, @Nullable NewAsset sameId) {
        if (sameId != null && !sameId.stored().sha256().equals(stored.sha256())) {
            throw new IdTaken(sameId.id());
        }
    }

    private static AssetDuplicate duplicate(AssetSubmitted submission, UUID of, Sha256 sha256) {
        return new AssetDuplicate(submission.assetId(), of, sha256, submission.submittedAt());
    }

    /// The asset whose bytes were there first.
    private UUID first(NewAsset asset) {
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

    private Set<UUID> insert(List<NewAsset> assets) {
        if (assets.isEmpty()) {
            return Set.of();
        }
        JdbcClient.StatementSpec statement = jdbc.sql(ADD.text());
        Columns columns = new Columns(assets);
        columns.bindTo(statement, json);
        Set<UUID> added =
                new HashSet<>(statement.query((row, _) -> row.getObject(1, UUID.class)).list());
        List<NewAsset> written =
                assets.stream().filter(asset -> added.contains(asset.id())).toList();
        insertFilesAndTasks(written);
        return added;
    }

    private void insertFilesAndTasks(List<NewAsset> assets) {
        jdbc.sql(ADD_ORIGINALS.text()).param("ids", texts(assets, NewAsset::id)).update();
        jdbc.sql(ADD_INGEST_TASKS.text())
                .param("ids", texts(assets, NewAsset::id))
                .param("priorities", texts(assets, asset -> asset.submission().priority()))
                .param("submitted", texts(assets, asset -> asset.submission().submittedAt()))
                .param("seconds", texts(assets, asset -> asset.took().toMillis() / 1_000.0))
                .update();
        List<NewAsset> photos = assets.stream().filter(asset -> !tasksOf(asset).isEmpty()).toList();
        jdbc.sql(ADD_PENDING_TASKS.text())
                .param("ids", texts(photos, NewAsset::id))
                .param("priorities", texts(photos, asset -> asset.submission().priority()))
                .param("tasks", photoTasks.toArray(String[]::new))
                .update();
    }

    private List<Event> born(NewAsset asset, Instant now) {
        AssetSubmitted submission = asset.submission();
        Stored stored = asset.stored();
        MediaFacts facts = stored.facts();
        AssetCreated created =
                new AssetCreated(
                        asset.id(),
                        1,
                        asset.type(),
                        facts.mimeType(),
                        stored.uri(),
                        submission.fileName(),
                        submission.size(),
                        stored.sha256(),
                        facts.width(),
                        facts.height(),
                        stored.repository().id(),
                        submission.ownerId(),
                        submission.priority(),
                        now);
        return tasksOf(asset).isEmpty()
                ? List.of(created, new AssetReady(asset.id(), 1, List.of("ingest"), now))
                : List.of(created);
    }

    private List<String> tasksOf(NewAsset asset) {
        return asset.type() == AssetType.PHOTO ? photoTasks : List.of();
    }

    private static <T> String[] texts(List<T> items, Function<T, Object> field) {
        return items.stream().map(item -> field.apply(item).toString()).toArray(String[]::new);
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
