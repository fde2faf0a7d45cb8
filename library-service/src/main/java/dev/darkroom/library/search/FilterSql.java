package dev.darkroom.library.search;

import dev.darkroom.schema.AssetType;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/// A [SearchFilter] as a condition on `assets a`, the same in each statement.
///
/// Every part is there in every statement, and planned away where its parameter is null: searches
/// are planned for their own parameters ([SearchSettings]).
final class FilterSql {
    static final String CONDITION =
            """
            a.deleted_at is null
                and (:type::asset_type is null or a.asset_type = :type::asset_type)
                and (:from::timestamptz is null or a.sort_time >= :from::timestamptz)
                and (:to::timestamptz is null or a.sort_time < :to::timestamptz)
                and (:camera::text is null or concat_ws(' ', a.camera_make, a.camera_model) ilike :camera::text)
                and (:album::uuid is null or exists (
                    select from album_assets m where m.album_id = :album::uuid and m.asset_id = a.asset_id))
                and (:tag::text is null or exists (
                    select from asset_tags m join tags t on t.tag_id = m.tag_id
                    where m.asset_id = a.asset_id and lower(t.name) = lower(:tag::text)))
                and (:person::uuid is null or exists (
                    select from faces f
                    where f.person_id = :person::uuid and f.asset_id = a.asset_id and not f.ignored))
                and (:latitude::float8 is null or (a.latitude between :south::float8 and :north::float8
                    and 2 * 6371.0088 * asin(least(1, sqrt(
                        sind((a.latitude::float8 - :latitude::float8) / 2) ^ 2
                        + cosd(a.latitude::float8) * cosd(:latitude::float8)
                            * sind((a.longitude::float8 - :longitude::float8) / 2) ^ 2))) <= :kilometres::float8))
            """;

    private FilterSql() {}

    static StatementSpec bind(StatementSpec statement, SearchFilter filter) {
        AssetType type = filter.type();
        String camera = filter.camera();
        Near near = filter.near();
        return statement
                .param("type", type == null ? null : type.wireName(), Types.VARCHAR)
                .param("from", text(filter.from()), Types.VARCHAR)
                .param("to", text(filter.to()), Types.VARCHAR)
                .param("camera", camera == null ? null : containing(camera), Types.VARCHAR)
                .param(
                        "album",
                        filter.album() == null ? null : filter.album().toString(),
                        Types.VARCHAR)
                .param("tag", filter.tag(), Types.VARCHAR)
                .param(
                        "person",
                        filter.person() == null ? null : filter.person().toString(),
                        Types.VARCHAR)
                .param("latitude", near == null ? null : near.latitude(), Types.DOUBLE)
                .param("longitude", near == null ? null : near.longitude(), Types.DOUBLE)
                .param("south", near == null ? null : near.south(), Types.DOUBLE)
                .param("north", near == null ? null : near.north(), Types.DOUBLE)
                .param("kilometres", near == null ? null : near.kilometres(), Types.DOUBLE);
    }

    /// The pattern for `ilike` that finds a text anywhere, taken literally.
    static String containing(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC).toString();
    }
}
