package dev.darkroom.embedding.depth;

import dev.darkroom.database.Sql;
import dev.darkroom.inference.depth.DepthFormat;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.StorageUri;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The `depth_maps` rows.
class DepthMaps {
    /// The files of rows that are about to be replaced: of an older version or another model, or of
    /// the same map.
    static final Sql REPLACED =
            new Sql(
                    """
                    select d.storage_path
                    from unnest(:ids::uuid[], :versions::bigint[], :models::text[], :formats::text[])
                        as u (asset_id, version, model_id, format)
                    join depth_maps d on d.asset_id = u.asset_id
                    where d.asset_version < u.version
                        or (d.asset_version = u.version and (d.model_id <> u.model_id or d.format = u.format))
                    """);

    static final Sql DROP_OLDER =
            new Sql(
                    """
                    delete from depth_maps d
                    using unnest(:ids::uuid[], :versions::bigint[], :models::text[])
                        as u (asset_id, version, model_id)
                    where d.asset_id = u.asset_id
                        and (d.asset_version < u.version
                            or (d.asset_version = u.version and d.model_id <> u.model_id))
                    """);

    static final Sql OF_OTHER_MODELS =
            new Sql(
                    """
                    select distinct d.asset_id
                    from unnest(:ids::uuid[], :versions::bigint[]) as u (asset_id, version)
                    join depth_maps d on d.asset_id = u.asset_id
                    where d.asset_version <= u.version and d.model_id <> :model
                    """);

    /// What comes late finds rows of a newer version and changes nothing.
    static final Sql PUT =
            new Sql(
                    """
                    insert into depth_maps as d (asset_id, model_id, format, asset_version, storage_path,
                        content_hash, file_size, width, height, processing_params)
                    select u.asset_id, u.model_id, u.format, u.version, u.path, u.hash, u.file_size, u.width,
                        u.height, u.parameters
                    from unnest(:ids::uuid[], :models::text[], :formats::text[], :versions::bigint[],
                        :paths::text[], :hashes::text[], :fileSizes::bigint[], :widths::int[], :heights::int[],
                        :parameters::jsonb[])
                        as u (asset_id, model_id, format, version, path, hash, file_size, width, height,
                            parameters)
                    join assets a on a.asset_id = u.asset_id
                    where not exists (
                        select from depth_maps n
                        where n.asset_id = u.asset_id and n.asset_version > u.version)
                    order by u.asset_id, u.format
                    on conflict (asset_id, model_id, format) do update set
                        asset_version = excluded.asset_version,
                        storage_path = excluded.storage_path,
                        content_hash = excluded.content_hash,
                        file_size = excluded.file_size,
                        width = excluded.width,
                        height = excluded.height,
                        processing_params = excluded.processing_params,
                        generated_at = now(),
                        accessed_at = now()
                    where d.asset_version <= excluded.asset_version
                    """);

    static final Sql NAMED =
            new Sql("select storage_path from depth_maps where storage_path = any(:paths::text[])");

    /// Of several models', the latest.
    static final Sql FIND =
            new Sql(
                    """
                    select storage_path, content_hash from depth_maps
                    where asset_id = :id::uuid and format = :format and asset_version = :version
                    order by generated_at desc, model_id
                    limit 1
                    """);

    static final Sql SOURCE =
            new Sql(
                    """
                    select version, storage_path, original_filename from assets
                    where asset_id = :id::uuid and asset_type = 'photo'
                    """);

    static final Sql BYTES = new Sql("select coalesce(sum(file_size), 0) from depth_maps");

    /// From the one read last backwards, all are kept that fit; from the first that does not, none.
    static final Sql EVICT =
            new Sql(
                    """
                    delete from depth_maps d
                    using (
                        select depth_map_id,
                            sum(file_size) over (order by accessed_at desc, depth_map_id) as upto
                        from depth_maps) o
                    where d.depth_map_id = o.depth_map_id and o.upto > :max
                    returning d.storage_path
                    """);

    private final JdbcClient jdbc;

    DepthMaps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A map that there should be a file of.
    record Known(StorageUri uri, String sha256) {}

    /// Writes rows in the running transaction.
    ///
    /// @return files that no row names once it is committed
    List<StorageUri> put(List<StoredDepth> maps) {
        List<StorageUri> replaced =
                jdbc.sql(REPLACED.text())
                        .param("ids", column(maps, StoredDepth::assetId))
                        .param("versions", column(maps, StoredDepth::version))
                        .param("models", column(maps, StoredDepth::modelId))
                        .param("formats", column(maps, one -> one.format().extension()))
                        .query((row, _) -> new StorageUri(row.getString(1)))
                        .list();
        jdbc.sql(DROP_OLDER.text())
                .param("ids", column(maps, StoredDepth::assetId))
                .param("versions", column(maps, StoredDepth::version))
                .param("models", column(maps, StoredDepth::modelId))
                .update();
        jdbc.sql(PUT.text())
                .param("ids", column(maps, StoredDepth::assetId))
                .param("models", column(maps, StoredDepth::modelId))
                .param("formats", column(maps, one -> one.format().extension()))
                .param("versions", column(maps, StoredDepth::version))
                .param("paths", column(maps, StoredDepth::uri))
                .param("hashes", column(maps, one -> "sha256:" + one.sha256()))
                .param("fileSizes", column(maps, StoredDepth::fileSize))
                .param("widths", column(maps, StoredDepth::width))
                .param("heights", column(maps, StoredDepth::height))
                .param("parameters", column(maps, StoredDepth::parameters))
                .update();
        return replaced;
    }

    /// Those of these files that no row names.
    Set<StorageUri> unnamed(Collection<StorageUri> files) {
        Set<StorageUri> unnamed = new HashSet<>(files);
        jdbc.sql(NAMED.text())
                .param("paths", files.stream().map(StorageUri::text).toArray(String[]::new))
                .query((row, _) -> new StorageUri(row.getString(1)))
                .list()
                .forEach(unnamed::remove);
        return unnamed;
    }

    /// Those of these assets whose maps are another model's.
    Set<UUID> ofOtherModels(Collection<AssetCreated> assets, String modelId) {
        return new HashSet<>(
                jdbc.sql(OF_OTHER_MODELS.text())
                        .param("ids", texts(assets, AssetCreated::assetId))
                        .param("versions", texts(assets, AssetCreated::version))
                        .param("model", modelId)
                        .query((row, _) -> row.getObject(1, UUID.class))
                        .list());
    }

    Optional<Known> find(DepthSource source, DepthFormat format) {
        return jdbc.sql(FIND.text())
                .param("id", source.assetId().toString())
                .param("format", format.extension())
                .param("version", source.version())
                .query(
                        (row, _) ->
                                new Known(
                                        new StorageUri(row.getString(1)),
                                        row.getString(2).substring("sha256:".length())))
                .optional();
    }

    /// A photo as it is now.
    Optional<DepthSource> source(UUID assetId) {
        return jdbc.sql(SOURCE.text())
                .param("id", assetId.toString())
                .query(
                        (row, _) ->
                                new DepthSource(
                                        assetId,
                                        row.getLong("version"),
                                        new StorageUri(row.getString("storage_path")),
                                        row.getString("original_filename")))
                .optional();
    }

    long bytes() {
        return jdbc.sql(BYTES.text()).query((row, _) -> row.getLong(1)).single();
    }

    /// Takes out the rows of those longest unread, until no more bytes are left than this.
    ///
    /// @return their files
    List<StorageUri> evictDownTo(long maxBytes) {
        return jdbc.sql(EVICT.text())
                .param("max", maxBytes)
                .query((row, _) -> new StorageUri(row.getString(1)))
                .list();
    }

    private static String[] texts(
            Collection<AssetCreated> assets, Function<AssetCreated, Object> field) {
        return assets.stream().map(one -> field.apply(one).toString()).toArray(String[]::new);
    }

    private static String[] column(List<StoredDepth> maps, Function<StoredDepth, Object> field) {
        return maps.stream().map(one -> field.apply(one).toString()).toArray(String[]::new);
    }
}
