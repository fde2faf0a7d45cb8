package dev.darkroom.library.catalogue;

import dev.darkroom.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `asset_files` and `processing_tasks` that belong to one asset.
public class AssetParts {
    static final Sql FILES =
            new Sql(
                    """
                    select file_id, role, tier, storage_path, content_hash, file_size, mime_type,
                        asset_version, created_at
                    from asset_files where asset_id = :id
                    order by asset_version desc, role, tier
                    """);

    static final Sql TASKS =
            new Sql(
                    """
                    select task, status, required, attempts, max_attempts, last_error, queued_at,
                        started_at, completed_at, processing_duration_seconds, asset_version
                    from processing_tasks where asset_id = :id
                    order by queued_at, task
                    """);

    /// Of what was looked at last.
    static final Sql SPECIES =
            new Sql(
                    """
                    select rank, species_name, common_name, confidence, model_id, asset_version
                    from species_predictions where asset_id = :id
                    order by asset_version desc, model_id, rank
                    """);

    static final Sql DEPTH_MAPS =
            new Sql(
                    """
                    select asset_id, format, width, height, file_size, content_hash, model_id, asset_version,
                        processing_params, generated_at, accessed_at, access_count
                    from depth_maps where asset_id = :id
                    order by asset_version desc, generated_at desc, format
                    """);

    private final JdbcClient jdbc;
    private final AssetRows rows;

    public AssetParts(JdbcClient jdbc, AssetRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    List<AssetFile> files(UUID assetId) {
        return jdbc.sql(FILES.text()).param("id", assetId).query(AssetParts::file).list();
    }

    List<AssetTask> tasks(UUID assetId) {
        return jdbc.sql(TASKS.text()).param("id", assetId).query(AssetParts::task).list();
    }

    List<SpeciesGuess> species(UUID assetId) {
        return jdbc.sql(SPECIES.text()).param("id", assetId).query(AssetParts::species).list();
    }

    List<DepthMap> depthMaps(UUID assetId) {
        return jdbc.sql(DEPTH_MAPS.text()).param("id", assetId).query(this::depthMap).list();
    }

    private static SpeciesGuess species(ResultSet row, int number) throws SQLException {
        return new SpeciesGuess(
                row.getInt("rank"),
                row.getString("species_name"),
                row.getString("common_name"),
                row.getBigDecimal("confidence"),
                row.getString("model_id"),
                row.getLong("asset_version"));
    }

    private DepthMap depthMap(ResultSet row, int number) throws SQLException {
        String format = row.getString("format");
        return new DepthMap(
                format,
                row.getInt("width"),
                row.getInt("height"),
                row.getLong("file_size"),
                row.getString("content_hash"),
                row.getString("model_id"),
                row.getLong("asset_version"),
                rows.map(row.getString("processing_params")),
                AssetRows.time(row, "generated_at"),
                AssetRows.time(row, "accessed_at"),
                row.getLong("access_count"),
                "/api/assets/%s/depth?format=%s".formatted(row.getString("asset_id"), format));
    }

    private static AssetFile file(ResultSet row, int number) throws SQLException {
        return new AssetFile(
                AssetRows.id(row, "file_id"),
                row.getString("role"),
                row.getString("tier"),
                row.getString("storage_path"),
                row.getString("content_hash"),
                row.getLong("file_size"),
                row.getString("mime_type"),
                row.getLong("asset_version"),
                AssetRows.time(row, "created_at"));
    }

    private static AssetTask task(ResultSet row, int number) throws SQLException {
        return new AssetTask(
                row.getString("task"),
                row.getString("status"),
                row.getBoolean("required"),
                row.getInt("attempts"),
                row.getInt("max_attempts"),
                row.getString("last_error"),
                AssetRows.time(row, "queued_at"),
                AssetRows.instant(row, "started_at"),
                AssetRows.instant(row, "completed_at"),
                row.getBigDecimal("processing_duration_seconds"),
                row.getLong("asset_version"));
    }
}
