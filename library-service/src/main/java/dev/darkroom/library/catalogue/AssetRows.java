package dev.darkroom.library.catalogue;

import dev.darkroom.schema.AssetType;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Reads what the statements of [Assets] select.
public class AssetRows {
    private static final TypeReference<List<Thumbnail>> THUMBNAILS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> METADATA = new TypeReference<>() {};

    private final JsonMapper json;

    public AssetRows(JsonMapper json) {
        this.json = json;
    }

    /// A column of jsonb that holds an object.
    Map<String, Object> map(String object) {
        return json.readValue(object, METADATA);
    }

    ListedAsset listed(ResultSet row, int number) throws SQLException {
        return new ListedAsset(
                summary(row), json.readValue(row.getString("thumbnails"), THUMBNAILS));
    }

    Assets.Row full(ResultSet row, int number) throws SQLException {
        return new Assets.Row(listed(row, number), details(row));
    }

    private static AssetSummary summary(ResultSet row) throws SQLException {
        Integer orientation = row.getObject("orientation", Integer.class);
        boolean lying = orientation != null && orientation >= 5;
        return new AssetSummary(
                id(row, "asset_id"),
                row.getLong("asset_no"),
                AssetType.ofWireName(row.getString("asset_type")),
                row.getString("original_filename"),
                row.getString("mime_type"),
                row.getLong("file_size"),
                row.getString("content_hash"),
                row.getObject(lying ? "height" : "width", Integer.class),
                row.getObject(lying ? "width" : "height", Integer.class),
                orientation,
                row.getBigDecimal("duration_seconds"),
                instant(row, "taken_at"),
                time(row, "uploaded_at"),
                time(row, "sort_time"),
                Camera.of(row.getString("camera_make"), row.getString("camera_model")),
                location(row),
                row.getInt("rating"),
                row.getBoolean("liked"),
                row.getLong("version"),
                row.getLong("ready_version") >= row.getLong("version"),
                row.getString("thumbhash"));
    }

    private AssetDetails details(ResultSet row) throws SQLException {
        return new AssetDetails(
                id(row, "repository_id"),
                row.getObject("owner_id", UUID.class),
                row.getString("storage_path"),
                row.getString("blake3_hash"),
                row.getString("lens_model"),
                row.getObject("iso", Integer.class),
                row.getBigDecimal("aperture"),
                row.getString("shutter_speed"),
                row.getBigDecimal("focal_length"),
                row.getString("description"),
                row.getBoolean("is_raw"),
                row.getBoolean("is_transcoded"),
                row.getString("transcoded_path"),
                map(row.getString("specific_metadata")),
                row.getObject("live_video_id", UUID.class),
                row.getObject("motion_length", Long.class),
                row.getLong("ready_version"),
                instant(row, "deleted_at"),
                row.getString("deleted_by"),
                time(row, "created_at"),
                time(row, "updated_at"));
    }

    private static @Nullable Location location(ResultSet row) throws SQLException {
        BigDecimal latitude = row.getBigDecimal("latitude");
        BigDecimal longitude = row.getBigDecimal("longitude");
        if (latitude == null || longitude == null) {
            return null;
        }
        return new Location(latitude, longitude, row.getBigDecimal("altitude"));
    }

    static UUID id(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class), column);
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instant(row, column), column);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
