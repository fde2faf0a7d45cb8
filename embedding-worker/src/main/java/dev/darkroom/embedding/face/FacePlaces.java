package dev.darkroom.embedding.face;

import dev.darkroom.database.Sql;
import dev.darkroom.schema.StorageUri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Where a face is, and the files that its picture is in.
class FacePlaces {
    static final Sql FIND =
            new Sql(
                    """
                    select f.box_left, f.box_top, f.box_width, f.box_height, a.storage_path, a.original_filename
                    from faces f join assets a on a.asset_id = f.asset_id
                    where f.face_id = :face
                    """);

    /// Smallest first. They show the whole picture.
    static final Sql THUMBNAILS =
            new Sql(
                    """
                    select t.storage_path, t.width, t.height
                    from faces f
                    join thumbnails t on t.asset_id = f.asset_id and t.asset_version = f.asset_version
                    where f.face_id = :face and t.size <> 'loop'
                    order by t.width
                    """);

    private final JdbcClient jdbc;

    FacePlaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A face in its original.
    record Place(Box box, StorageUri original, String fileName) {}

    /// A smaller copy of the original.
    record Thumbnail(StorageUri file, int width, int height) {}

    Optional<Place> find(UUID face) {
        return jdbc.sql(FIND.text()).param("face", face).query(FacePlaces::place).optional();
    }

    List<Thumbnail> thumbnails(UUID face) {
        return jdbc.sql(THUMBNAILS.text())
                .param("face", face)
                .query(
                        (row, _) ->
                                new Thumbnail(
                                        new StorageUri(row.getString("storage_path")),
                                        row.getInt("width"),
                                        row.getInt("height")))
                .list();
    }

    private static Place place(ResultSet row, int number) throws SQLException {
        return new Place(
                new Box(
                        row.getBigDecimal("box_left"),
                        row.getBigDecimal("box_top"),
                        row.getBigDecimal("box_width"),
                        row.getBigDecimal("box_height")),
                new StorageUri(row.getString("storage_path")),
                row.getString("original_filename"));
    }
}
