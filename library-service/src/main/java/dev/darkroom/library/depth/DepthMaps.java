package dev.darkroom.library.depth;

import dev.darkroom.database.Sql;
import dev.darkroom.library.file.StoredFile;
import dev.darkroom.schema.StorageUri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the tables say about the depth maps of an asset.
public class DepthMaps {
    /// Of several models', the latest; and what embedding-worker says about having a model at all.
    static final Sql FIND =
            new Sql(
                    """
                    select a.asset_type, d.depth_map_id, d.storage_path, d.content_hash, d.asset_version,
                        coalesce(c.available, false) as available, c.detail
                    from assets a
                    left join lateral (
                        select m.depth_map_id, m.storage_path, m.content_hash, m.asset_version
                        from depth_maps m
                        where m.asset_id = a.asset_id and m.format = :format and m.asset_version = a.version
                        order by m.generated_at desc, m.model_id
                        limit 1) d on true
                    left join capabilities c on c.capability = 'depth'
                    where a.asset_id = :id
                    """);

    static final Sql TOUCH =
            new Sql(
                    """
                    update depth_maps set accessed_at = now(), access_count = access_count + 1
                    where depth_map_id = :id
                    """);

    private final JdbcClient jdbc;

    public DepthMaps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param kept the map, if there is one of the asset's version
    /// @param unavailable why none can be made, or empty
    record Found(boolean isPhoto, Optional<Kept> kept, Optional<String> unavailable) {}

    record Kept(UUID depthMapId, StoredFile file) {}

    Optional<Found> find(UUID assetId, DepthFormat format) {
        return jdbc.sql(FIND.text())
                .param("id", assetId)
                .param("format", format.wireName())
                .query((row, _) -> found(row, format))
                .optional();
    }

    /// It was read: the one longest unread is the first to be evicted.
    void touch(UUID depthMapId) {
        jdbc.sql(TOUCH.text()).param("id", depthMapId).update();
    }

    private static Found found(ResultSet row, DepthFormat format) throws SQLException {
        @Nullable UUID id = row.getObject("depth_map_id", UUID.class);
        Optional<Kept> kept =
                id == null
                        ? Optional.empty()
                        : Optional.of(
                                new Kept(
                                        id,
                                        new StoredFile(
                                                new StorageUri(row.getString("storage_path")),
                                                row.getString("content_hash"),
                                                format.mimeType(),
                                                row.getLong("asset_version"))));
        return new Found(
                row.getString("asset_type").equals("photo"),
                kept,
                row.getBoolean("available")
                        ? Optional.empty()
                        : Optional.of(
                                Objects.requireNonNullElse(
                                        row.getString("detail"),
                                        "no embedding-worker has said that it has a model")));
    }
}
