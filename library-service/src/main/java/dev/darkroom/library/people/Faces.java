package dev.darkroom.library.people;

import dev.darkroom.database.Sql;
import dev.darkroom.library.page.Page;
import dev.darkroom.library.page.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The `faces` rows, to look at.
public class Faces {
    /// What a face's picture depends on, in few letters, so that a URL can say it.
    static final String SHAPE =
            "left(md5(concat_ws(' ', f.asset_version, f.box_left, f.box_top, f.box_width, f.box_height)), 8)";

    /// What each of the others begins with.
    static final Sql ALL =
            new Sql(
            """
            select f.face_id, f.asset_id, f.person_id, p.name, f.confidence, f.box_left, f.box_top, f.box_width,
                f.box_height, f.ignored, f.confirmed, f.created_at, a.sort_time,
            """
                    + SHAPE
                    + """
                     as shape
                    from faces f
                    join assets a on a.asset_id = f.asset_id
                    left join people p on p.person_id = f.person_id
                    """);

    static final Sql ONE = new Sql(ALL.text() + "where f.face_id = :face");

    static final Sql OF_ASSET =
            new Sql(ALL.text()
                            + """
                            where f.asset_id = :asset and not f.ignored
                            order by p.name is null, f.box_left, f.face_id
                            """);

    static final Sql OF_PERSON =
            new Sql(ALL.text()
                            + """
                            where f.person_id = :person and not f.ignored and a.deleted_at is null
                                and (a.sort_time, f.face_id) < (:time, :id)
                            order by a.sort_time desc, f.face_id desc
                            limit :limit
                            """);

    static final Sql OF_NOBODY =
            new Sql(ALL.text()
                            + """
                            where f.person_id is null and not f.ignored and a.deleted_at is null
                                and (f.created_at, f.face_id) < (:time, :id)
                            order by f.created_at desc, f.face_id desc
                            limit :limit
                            """);

    static final Sql IGNORED =
            new Sql(ALL.text()
                            + """
                            where f.ignored and a.deleted_at is null and (f.created_at, f.face_id) < (:time, :id)
                            order by f.created_at desc, f.face_id desc
                            limit :limit
                            """);

    /// PostgreSQL reads the driver's latest time as infinity.
    private static final OffsetDateTime START_TIME = OffsetDateTime.MAX;

    private static final UUID START_ID = new UUID(-1, -1);

    private final JdbcClient jdbc;

    public Faces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Face> find(UUID face) {
        return jdbc.sql(ONE.text()).param("face", face).query(Faces::face).optional();
    }

    /// Those in one picture that matter: people with a name first.
    public List<Face> ofAsset(UUID asset) {
        return jdbc.sql(OF_ASSET.text()).param("asset", asset).query(Faces::face).list();
    }

    /// The newest pictures first.
    Page<Face> ofPerson(UUID person, @Nullable Position after, int limit) {
        return page(jdbc.sql(OF_PERSON.text()).param("person", person), after, limit, "sort_time");
    }

    /// Those that are nobody's, the last found first.
    Page<Face> ofNobody(@Nullable Position after, int limit) {
        return page(jdbc.sql(OF_NOBODY.text()), after, limit, "created_at");
    }

    Page<Face> ignored(@Nullable Position after, int limit) {
        return page(jdbc.sql(IGNORED.text()), after, limit, "created_at");
    }

    private static Page<Face> page(
            JdbcClient.StatementSpec statement, @Nullable Position after, int limit, String order) {
        List<Ordered> rows =
                statement
                        .param(
                                "time",
                                after == null ? START_TIME : after.time().atOffset(ZoneOffset.UTC))
                        .param("id", after == null ? START_ID : after.id())
                        .param("limit", limit + 1)
                        .query((row, n) -> new Ordered(face(row, n), time(row, order)))
                        .list();
        Page<Ordered> page =
                Page.of(rows, limit, row -> new Position(row.time(), row.face().faceId()));
        return new Page<>(page.items().stream().map(Ordered::face).toList(), page.next());
    }

    private record Ordered(Face face, Instant time) {}

    static String pictureUrl(UUID face, String shape) {
        return "/api/faces/" + face + "/picture?v=" + shape;
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column)
                .toInstant();
    }

    private static Face face(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("face_id", UUID.class);
        UUID asset = row.getObject("asset_id", UUID.class);
        return new Face(
                id,
                asset,
                row.getObject("person_id", UUID.class),
                row.getString("name"),
                new Box(
                        row.getBigDecimal("box_left"),
                        row.getBigDecimal("box_top"),
                        row.getBigDecimal("box_width"),
                        row.getBigDecimal("box_height")),
                row.getBigDecimal("confidence"),
                row.getBoolean("confirmed"),
                row.getBoolean("ignored"),
                time(row, "sort_time"),
                pictureUrl(id, row.getString("shape")),
                "/api/assets/" + asset);
    }
}
