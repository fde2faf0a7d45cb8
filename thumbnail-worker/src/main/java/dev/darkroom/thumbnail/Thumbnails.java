package dev.darkroom.thumbnail;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Done;
import dev.darkroom.schema.AssetCreated;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The `thumbnails` rows.
class Thumbnails {
    /// A newer version replaces an older one; the same one again, or an older one that comes late,
    /// changes nothing. An asset that was deleted meanwhile gets no row.
    static final Sql PUT =
            new Sql(
                    """
                    insert into thumbnails as t (asset_id, size, asset_version, storage_path, content_hash,
                        file_size, mime_type, width, height, thumbhash)
                    select u.asset_id, u.size, u.version, u.path, u.hash, u.file_size, u.mime, u.width, u.height,
                        decode(u.thumbhash, 'hex')
                    from unnest(:ids::uuid[], :sizes::text[], :versions::bigint[], :paths::text[],
                        :hashes::text[], :fileSizes::bigint[], :mimes::text[], :widths::int[], :heights::int[],
                        :thumbHashes::text[])
                        as u (asset_id, size, version, path, hash, file_size, mime, width, height, thumbhash)
                    join assets a on a.asset_id = u.asset_id
                    on conflict (asset_id, size) do update set
                        asset_version = excluded.asset_version,
                        storage_path = excluded.storage_path,
                        content_hash = excluded.content_hash,
                        file_size = excluded.file_size,
                        mime_type = excluded.mime_type,
                        width = excluded.width,
                        height = excluded.height,
                        thumbhash = excluded.thumbhash
                    where t.asset_version < excluded.asset_version
                    """);

    /// What an older version had and this one has not, such as the loop of a video.
    static final Sql DROP_OLDER =
            new Sql(
                    """
                    delete from thumbnails t
                    using unnest(:ids::uuid[], :versions::bigint[]) as u (asset_id, version)
                    where t.asset_id = u.asset_id and t.asset_version < u.version
                    """);

    private final JdbcClient jdbc;

    Thumbnails(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Writes the rows of a batch in the running transaction.
    void put(List<Done<AssetCreated, Made>> done) {
        jdbc.sql(PUT.text())
                .param("ids", column(done, (one, _) -> one.message().assetId()))
                .param("sizes", column(done, (_, stored) -> stored.size()))
                .param("versions", column(done, (one, _) -> one.message().version()))
                .param("paths", column(done, (_, stored) -> stored.uri()))
                .param("hashes", column(done, (_, stored) -> "sha256:" + stored.sha256()))
                .param("fileSizes", column(done, (_, stored) -> stored.fileSize()))
                .param("mimes", column(done, (_, stored) -> stored.mimeType()))
                .param("widths", column(done, (_, stored) -> stored.width()))
                .param("heights", column(done, (_, stored) -> stored.height()))
                .param("thumbHashes", column(done, (one, _) -> one.result().thumbHash()))
                .update();
        jdbc.sql(DROP_OLDER.text())
                .param("ids", column(done, (one, _) -> one.message().assetId()))
                .param("versions", column(done, (one, _) -> one.message().version()))
                .update();
    }

    private static String[] column(
            List<Done<AssetCreated, Made>> done,
            BiFunction<Done<AssetCreated, Made>, Made.Stored, Object> field) {
        return done.stream()
                .flatMap(
                        one ->
                                one.result().thumbnails().stream()
                                        .map(stored -> field.apply(one, stored).toString()))
                .toArray(String[]::new);
    }
}
