package dev.darkroom.library.catalogue;

import dev.darkroom.database.Sql;
import dev.darkroom.library.page.Position;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `assets`, each with its thumbnails, in one statement (LB-40).
public class Assets {
    private static final String LISTED_COLUMNS =
            """
            a.asset_id, a.asset_no, a.asset_type, a.original_filename, a.mime_type, a.file_size,
            a.content_hash, a.width, a.height, a.orientation, a.duration_seconds, a.taken_at,
            a.uploaded_at, a.sort_time, a.camera_make, a.camera_model, a.latitude, a.longitude,
            a.altitude, a.rating, a.liked, a.version, a.ready_version, t.thumbhash,
            coalesce(t.thumbnails, '[]') as thumbnails
            """;
    private static final String DETAIL_COLUMNS =
            """
            , a.repository_id, a.owner_id, a.storage_path, a.blake3_hash, a.lens_model, a.iso,
            a.aperture, a.shutter_speed, a.focal_length, a.description, a.is_raw, a.is_transcoded,
            a.transcoded_path, a.specific_metadata, a.deleted_at, a.deleted_by, a.created_at, a.updated_at,
            a.live_video_id, a.motion_length
            """;
    private static final String FROM =
            """
            from assets a
            left join lateral (
                select min(replace(encode(thumbhash, 'base64'), chr(10), '')) as thumbhash,
                    jsonb_agg(jsonb_build_object('size', size, 'mimeType', mime_type, 'width', width,
                        'height', height, 'version', asset_version) order by size = 'loop', width * height) as thumbnails
                from thumbnails where asset_id = a.asset_id) t on true
            """;
    private static final String IN_THE_LIBRARY = "where a.deleted_at is null\n";
    private static final String IN_THE_TRASH = "where a.deleted_at is not null\n";
    private static final String AFTER =
            """
                and (a.sort_time, a.asset_id) < (:time, :id)
                and (cast(:type as asset_type) is null or a.asset_type = cast(:type as asset_type))
            """;
    private static final String NEWEST_FIRST =
            "order by a.sort_time desc, a.asset_id desc limit :limit";

    private static final String MATCHING =
            """
            and (a.search_vector @@ websearch_to_tsquery('simple', :words)
                or a.original_filename ilike :pattern)
            """;

    static final Sql BROWSE =
            new Sql("select " + LISTED_COLUMNS + FROM + IN_THE_LIBRARY + AFTER + NEWEST_FIRST);

    static final Sql SEARCH =
            new Sql(
                    "select "
                            + LISTED_COLUMNS
                            + FROM
                            + IN_THE_LIBRARY
                            + AFTER
                            + MATCHING
                            + NEWEST_FIRST);

    static final Sql BROWSE_TRASH =
            new Sql("select " + LISTED_COLUMNS + FROM + IN_THE_TRASH + AFTER + NEWEST_FIRST);

    static final Sql SEARCH_TRASH =
            new Sql(
                    "select "
                            + LISTED_COLUMNS
                            + FROM
                            + IN_THE_TRASH
                            + AFTER
                            + MATCHING
                            + NEWEST_FIRST);

    static final Sql FIND =
            new Sql("select " + LISTED_COLUMNS + DETAIL_COLUMNS + FROM + "where a.asset_id = :id");

    static final Sql ID_OF = new Sql("select asset_id from assets where asset_no = :no");

    /// After everything there is: PostgreSQL reads the driver's latest time as infinity.
    private static final OffsetDateTime START_TIME = OffsetDateTime.MAX;

    private static final UUID START_ID = new UUID(-1, -1);

    private final JdbcClient jdbc;
    private final AssetRows rows;

    public Assets(JdbcClient jdbc, AssetRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    List<ListedAsset> newestFirst(AssetFilter filter, @Nullable Position after, int limit) {
        String words = filter.words();
        JdbcClient.StatementSpec statement =
                words == null
                        ? jdbc.sql((filter.trash() ? BROWSE_TRASH : BROWSE).text())
                        : jdbc.sql((filter.trash() ? SEARCH_TRASH : SEARCH).text())
                                .param("words", words)
                                .param("pattern", "%" + literally(words) + "%");
        return statement
                .param("time", after == null ? START_TIME : after.time().atOffset(ZoneOffset.UTC))
                .param("id", after == null ? START_ID : after.id())
                .param(
                        "type",
                        filter.type() == null ? null : filter.type().wireName(),
                        Types.VARCHAR)
                .param("limit", limit)
                .query(rows::listed)
                .list();
    }

    Optional<Row> find(UUID assetId) {
        return jdbc.sql(FIND.text()).param("id", assetId).query(rows::full).optional();
    }

    Optional<UUID> idOf(long assetNo) {
        return jdbc.sql(ID_OF.text()).param("no", assetNo).query(UUID.class).optional();
    }

    private static String literally(String words) {
        return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /// A whole row.
    record Row(ListedAsset listed, AssetDetails details) {}
}
