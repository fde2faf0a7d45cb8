package dev.darkroom.thumbnail;

import dev.darkroom.database.Sql;
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
                    select u.asset_id, u.size, u.version, u.path, u.hash, u.file_size, u.mime_type, u.width,
                        u.height, decode(u.thumbhash, 'hex')
                    from unnest(:ids::uuid[], :sizes::text[], :versions::bigint[], :paths::text[],
                        :hashes::text[], :fileSizes::bigint[], :mimeTypes::text[], :widths::int[], :heights::int[],
                        :thumbHashes::text[])
                        as u (asset_id, size, version, path, hash, file_size, mime_type, width, height,
                            thumbhash)
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

    /// The loop of an older version that was a video; every other size is replaced, or made anew
    /// when somebody asks for it.
    static final Sql DROP_OLD_LOOPS =
            new Sql(
                    """
                    delete from thumbnails t
                    using unnest(:ids::uuid[], :versions::bigint[]) as u (asset_id, version)
                    where t.asset_id = u.asset_id and t.size = 'loop' and t.asset_version < u.version
                    """);

    private final JdbcClient jdbc;

    Thumbnails(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Writes the rows of a batch in the running transaction.
    void put(List<Made> made) {
        jdbc.sql(PUT.text())
                .param("ids", column(made, (photo, _) -> photo.assetId()))
                .param("sizes", column(made, (_, stored) -> stored.size()))
                .param("versions", column(made, (photo, _) -> photo.version()))
                .param("paths", column(made, (_, stored) -> stored.uri()))
                .param("hashes", column(made, (_, stored) -> "sha256:" + stored.sha256()))
                .param("fileSizes", column(made, (_, stored) -> stored.fileSize()))
                .param("mimeTypes", column(made, (_, stored) -> stored.mimeType()))
                .param("widths", column(made, (_, stored) -> stored.width()))
                .param("heights", column(made, (_, stored) -> stored.height()))
                .param("thumbHashes", column(made, (photo, _) -> photo.thumbHash()))
                .update();
    }

    /// Removes the loops that these assets had before, after all that they have now was put.
    void dropOldLoops(List<Made> made) {
        jdbc.sql(DROP_OLD_LOOPS.text())
                .param("ids", column(made, (asset, _) -> asset.assetId()))
                .param("versions", column(made, (asset, _) -> asset.version()))
                .update();
    }

    private static String[] column(List<Made> made, BiFunction<Made, Made.Stored, Object> field) {
        return made.stream()
                .flatMap(
                        photo ->
                                photo.thumbnails().stream()
                                        .map(stored -> field.apply(photo, stored).toString()))
                .toArray(String[]::new);
    }
}
