package dev.darkroom.ingest.asset;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetReady;
import dev.darkroom.schema.AssetType;
import dev.darkroom.schema.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// The rows that are born with an asset, and with each new version of it: in `assets`, its
/// original's in `asset_files`, the ledger's, and the event in the outbox.
public class AssetRows {
    private static final String COLUMNS =
            """
            unnest(:ids::uuid[], :repositories::uuid[], :owners::uuid[],
                :types::asset_type[], :names::text[], :paths::text[], :mimes::text[], :sizes::bigint[],
                :hashes::text[], :widths::int[], :heights::int[], :orientations::smallint[],
                :durations::numeric[], :uploaded::timestamptz[], :taken::timestamptz[], :makes::text[],
                :models::text[], :lenses::text[], :isos::int[], :apertures::numeric[], :shutters::text[],
                :focals::numeric[], :latitudes::numeric[], :longitudes::numeric[],
                :altitudes::numeric[], :raws::boolean[], :metadata::jsonb[], :files::bigint[],
                :identifiers::text[], :motionOffsets::bigint[], :motionLengths::bigint[]) as u
            """;

    /// One row per element of the arrays; a row whose bytes are there already is left out and not
    /// returned.
    static final Sql ADD =
            new Sql(
                    """
                    insert into assets (asset_id, repository_id, owner_id, asset_type, original_filename,
                        storage_path, mime_type, file_size, content_hash, width, height, orientation,
                        duration_seconds, uploaded_at, taken_at, camera_make, camera_model, lens_model, iso,
                        aperture, shutter_speed, focal_length, latitude, longitude, altitude, is_raw,
                        specific_metadata, file_id, content_identifier, motion_offset, motion_length)
                    select u.* from
                    """
                            + COLUMNS
                            + """
                            on conflict do nothing
                            returning asset_id
                            """);

    /// What the file says is new; what people said about it (description, rating, liked) stays.
    static final Sql REPLACE =
            new Sql(
                    """
                    update assets a set
                        version = a.version + 1,
                        repository_id = u.repository_id,
                        asset_type = u.asset_type,
                        original_filename = u.original_filename,
                        storage_path = u.storage_path,
                        mime_type = u.mime_type,
                        file_size = u.file_size,
                        content_hash = u.content_hash,
                        blake3_hash = null,
                        width = u.width,
                        height = u.height,
                        orientation = u.orientation,
                        duration_seconds = u.duration_seconds,
                        taken_at = u.taken_at,
                        camera_make = u.camera_make,
                        camera_model = u.camera_model,
                        lens_model = u.lens_model,
                        iso = u.iso,
                        aperture = u.aperture,
                        shutter_speed = u.shutter_speed,
                        focal_length = u.focal_length,
                        latitude = u.latitude,
                        longitude = u.longitude,
                        altitude = u.altitude,
                        is_raw = u.is_raw,
                        is_transcoded = false,
                        transcoded_path = null,
                        specific_metadata = u.specific_metadata,
                        file_id = u.file_id,
                        content_identifier = u.content_identifier,
                        motion_offset = u.motion_offset,
                        motion_length = u.motion_length,
                        deleted_at = null,
                        deleted_by = null
                    from
                    """
                            + COLUMNS
                            + """
                             (asset_id, repository_id, owner_id, asset_type, original_filename,
                                storage_path, mime_type, file_size, content_hash, width, height,
                                orientation, duration_seconds, uploaded_at, taken_at, camera_make,
                                camera_model, lens_model, iso, aperture, shutter_speed,
                                focal_length, latitude, longitude, altitude, is_raw,
                                specific_metadata, file_id, content_identifier, motion_offset,
                                motion_length)
                            where a.asset_id = u.asset_id
                            returning a.version
                            """);

    static final Sql ADD_ORIGINALS =
            new Sql(
                    """
                    insert into asset_files (asset_id, role, storage_path, content_hash, file_size, mime_type,
                        asset_version)
                    select asset_id, 'original', storage_path, content_hash, file_size, mime_type, version
                    from assets where asset_id = any(:ids::uuid[])
                    on conflict do nothing
                    """);

    static final Sql ADD_INGEST_TASKS =
            new Sql(
                    """
                    insert into processing_tasks as t (asset_id, task, asset_version, status, priority,
                        attempts, queued_at, started_at, completed_at, processing_duration_seconds)
                    select u.asset_id, 'ingest', a.version, 'completed', u.priority, 1, u.queued_at,
                        now() - make_interval(secs => u.seconds), now(), u.seconds
                    from unnest(:ids::uuid[], :priorities::int[], :submitted::timestamptz[],
                        :seconds::double precision[]) as u (asset_id, priority, queued_at, seconds)
                    join assets a on a.asset_id = u.asset_id
                    on conflict (asset_id, task) do update set
                        asset_version = excluded.asset_version,
                        status = excluded.status,
                        priority = excluded.priority,
                        attempts = excluded.attempts,
                        last_error = null,
                        queued_at = excluded.queued_at,
                        started_at = excluded.started_at,
                        completed_at = excluded.completed_at,
                        processing_duration_seconds = excluded.processing_duration_seconds
                    where t.asset_version < excluded.asset_version
                    """);

    /// A task that has a row starts anew when its worker hears of the version: until then the row
    /// says how far the version before got.
    static final Sql ADD_PENDING_TASKS =
            new Sql(
                    """
                    insert into processing_tasks (asset_id, task, asset_version, priority)
                    select u.asset_id, t.task, a.version, u.priority
                    from unnest(:ids::uuid[], :priorities::int[]) as u (asset_id, priority)
                    join assets a on a.asset_id = u.asset_id,
                        unnest(:tasks::text[]) as t (task)
                    on conflict do nothing
                    """);

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final RequiredTasks tasks;
    private final AudioTracks audioTracks;
    private final LivePairs livePairs;
    private final JsonMapper json = new JsonMapper();

    /// @param tasks what must be completed before an asset is ready
    public AssetRows(JdbcClient jdbc, Outbox outbox, RequiredTasks tasks) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.tasks = tasks;
        this.audioTracks = new AudioTracks(jdbc);
        this.livePairs = new LivePairs(jdbc, outbox);
    }

    /// Writes new assets in the running transaction.
    ///
    /// @return the ids of those that were written; the others' id or bytes are there already
    public Set<UUID> add(List<NewAsset> assets) {
        if (assets.isEmpty()) {
            return Set.of();
        }
        JdbcClient.StatementSpec statement = jdbc.sql(ADD.text());
        new Columns(assets).bindTo(statement, json);
        Set<UUID> added =
                new HashSet<>(statement.query((row, _) -> row.getObject(1, UUID.class)).list());
        List<NewAsset> written =
                assets.stream().filter(asset -> added.contains(asset.id())).toList();
        if (!written.isEmpty()) {
            addFilesAndTasks(written);
            audioTracks.put(written);
            announce(written, 1);
            livePairs.pair(written);
        }
        return added;
    }

    /// Gives an asset that is there another content, in the running transaction. Every worker runs
    /// again; an asset in the trash comes out of it.
    ///
    /// @return the new version
    public long replace(NewAsset asset) {
        List<NewAsset> one = List.of(asset);
        JdbcClient.StatementSpec statement = jdbc.sql(REPLACE.text());
        new Columns(one).bindTo(statement, json);
        long version = statement.query((row, _) -> row.getLong(1)).single();
        addFilesAndTasks(one);
        audioTracks.forget(one);
        audioTracks.put(one);
        announce(one, version);
        livePairs.pair(one);
        return version;
    }

    /// The tasks that an asset of this type is not ready without, beside `ingest`.
    public List<String> tasksOf(AssetType type) {
        return tasks.of(type);
    }

    private void addFilesAndTasks(List<NewAsset> assets) {
        jdbc.sql(ADD_ORIGINALS.text()).param("ids", texts(assets, NewAsset::id)).update();
        jdbc.sql(ADD_INGEST_TASKS.text())
                .param("ids", texts(assets, NewAsset::id))
                .param("priorities", texts(assets, NewAsset::priority))
                .param("submitted", texts(assets, NewAsset::submittedAt))
                .param("seconds", texts(assets, asset -> asset.took().toMillis() / 1_000.0))
                .update();
        for (AssetType type : AssetType.values()) {
            List<NewAsset> ofType =
                    assets.stream().filter(asset -> asset.content().type() == type).toList();
            if (!ofType.isEmpty() && !tasksOf(type).isEmpty()) {
                jdbc.sql(ADD_PENDING_TASKS.text())
                        .param("ids", texts(ofType, NewAsset::id))
                        .param("priorities", texts(ofType, NewAsset::priority))
                        .param("tasks", tasksOf(type).toArray(String[]::new))
                        .update();
            }
        }
    }

    private void announce(List<NewAsset> assets, long version) {
        Instant now = Instant.now();
        List<Event> events = new ArrayList<>();
        for (NewAsset asset : assets) {
            events.add(created(asset, version, now));
            if (tasksOf(asset.content().type()).isEmpty()) {
                events.add(new AssetReady(asset.id(), version, List.of("ingest"), now));
            }
        }
        outbox.add(events);
    }

    private static AssetCreated created(NewAsset asset, long version, Instant now) {
        Content content = asset.content();
        return new AssetCreated(
                asset.id(),
                version,
                content.type(),
                content.mimeType(),
                asset.uri(),
                asset.fileName(),
                content.size(),
                content.sha256(),
                content.width(),
                content.height(),
                asset.repositoryId(),
                asset.ownerId(),
                asset.priority(),
                now);
    }

    private static String[] texts(List<NewAsset> assets, Function<NewAsset, Object> field) {
        return assets.stream().map(asset -> field.apply(asset).toString()).toArray(String[]::new);
    }
}
