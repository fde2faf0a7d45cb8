package dev.darkroom.embedding.face;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.embedding.face.FoundFaces.Found;
import dev.darkroom.schema.AssetCreated;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The `faces` rows: those of a picture are replaced as a whole.
///
/// A face that is found again keeps its row, and with it whose it is and what people said of it.
/// What people said of a face that another model does not find in the same picture stays too.
class Faces {
    static final String TASK = "faces";

    /// Those whose version is not behind; none of them is written by anybody else until this
    /// transaction ends. An asset that was deleted meanwhile has no row.
    static final Sql LOCK_CURRENT =
            new Sql(
                    """
                    select t.asset_id
                    from processing_tasks t
                    join unnest(:ids::uuid[], :versions::bigint[]) as u (asset_id, version) on u.asset_id = t.asset_id
                    where t.task = 'faces' and t.asset_version <= u.version
                    order by t.asset_id
                    for update of t
                    """);

    /// The fence: a switch of spaces waits for these rows, or they for it.
    static final Sql LOCK_OPEN =
            new Sql(
                    """
                    select space_id from embedding_spaces
                    where space_id = :space::uuid and state <> 'retired'
                    for share
                    """);

    /// Several replace faces at once; who says whose they are, in library-service, does so alone.
    static final Sql SHARE_TURNS =
            new Sql("select pg_advisory_xact_lock_shared(hashtext('people'))");

    static final Sql KNOWN =
            new Sql(
                    """
                    select face_id, asset_id, asset_version, box_left, box_top, box_width, box_height, space_id,
                        embedding::text as vector, confirmed
                    from faces
                    where asset_id = any(:ids::uuid[])
                    order by face_id
                    """);

    static final Sql DELETE = new Sql("delete from faces where face_id = any(:faces::uuid[])");

    /// A face that comes out as it was is not touched.
    static final Sql UPDATE =
            new Sql(
                    """
                    update faces f set
                        asset_version = u.version,
                        model_id = :model,
                        box_left = u.box_left,
                        box_top = u.box_top,
                        box_width = u.box_width,
                        box_height = u.box_height,
                        landmarks = u.landmarks::jsonb,
                        confidence = u.confidence,
                        space_id = s.space_id,
                        dimension = s.dimension,
                        embedding = u.vector::halfvec,
                        comparison = case
                            when (f.space_id, f.embedding) is distinct from (s.space_id, u.vector::halfvec) then 'new'
                            else f.comparison end
                    from unnest(:faces::uuid[], :ids::uuid[], :versions::bigint[], :lefts::numeric[], :tops::numeric[],
                            :widths::numeric[], :heights::numeric[], :landmarks::text[], :confidences::numeric[],
                            :vectors::text[])
                        as u (face_id, asset_id, version, box_left, box_top, box_width, box_height, landmarks,
                            confidence, vector)
                    left join embedding_spaces s on s.space_id = :space::uuid
                    where f.face_id = u.face_id
                        and (f.asset_version, f.model_id, f.box_left, f.box_top, f.box_width, f.box_height, f.confidence,
                                f.space_id, f.embedding)
                            is distinct from (u.version, :model, u.box_left, u.box_top, u.box_width, u.box_height,
                                round(u.confidence, 4), s.space_id, u.vector::halfvec)
                    """);

    static final Sql ADD =
            new Sql(
                    """
                    insert into faces (face_id, asset_id, asset_version, model_id, box_left, box_top, box_width,
                        box_height, landmarks, confidence, space_id, dimension, embedding)
                    select u.face_id, u.asset_id, u.version, :model, u.box_left, u.box_top, u.box_width, u.box_height,
                        u.landmarks::jsonb, u.confidence, s.space_id, s.dimension, u.vector::halfvec
                    from unnest(:faces::uuid[], :ids::uuid[], :versions::bigint[], :lefts::numeric[], :tops::numeric[],
                            :widths::numeric[], :heights::numeric[], :landmarks::text[], :confidences::numeric[],
                            :vectors::text[])
                        as u (face_id, asset_id, version, box_left, box_top, box_width, box_height, landmarks,
                            confidence, vector)
                    join assets a on a.asset_id = u.asset_id
                    left join embedding_spaces s on s.space_id = :space::uuid
                    """);

    static final Sql SEEN =
            new Sql(
                    """
                    update processing_tasks set model_id = :model
                    where task = 'faces' and asset_id = any(:ids::uuid[]) and model_id is distinct from :model
                    """);

    /// Those that are done, but by another model.
    static final Sql SEEN_BY_ANOTHER =
            new Sql(
                    """
                    select t.asset_id
                    from processing_tasks t
                    join unnest(:ids::uuid[], :versions::bigint[]) as u (asset_id, version) on u.asset_id = t.asset_id
                    join assets a on a.asset_id = t.asset_id
                    where t.task = 'faces' and t.status = 'completed' and t.asset_version = u.version
                        and t.model_id is distinct from :model
                    """);

    private final JdbcClient jdbc;

    Faces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Those of these assets that another model has seen in this version, and this one has not.
    Set<UUID> seenByAnother(Collection<AssetCreated> assets, String model) {
        return jdbc.sql(SEEN_BY_ANOTHER.text())
                .param("ids", texts(assets, AssetCreated::assetId))
                .param("versions", texts(assets, AssetCreated::version))
                .param("model", model)
                .query((row, _) -> row.getObject(1, UUID.class))
                .set();
    }

    /// Writes what one model found, in the running transaction.
    void put(List<Done<AssetCreated, FoundFaces>> done) {
        Set<UUID> current = lockCurrent(done);
        List<Done<AssetCreated, FoundFaces>> wanted =
                done.stream().filter(one -> current.contains(one.message().assetId())).toList();
        if (wanted.isEmpty()) {
            return;
        }
        String model = wanted.getFirst().result().modelId();
        Optional<UUID> space = wanted.getFirst().result().space();
        space.ifPresent(one -> requireOpen(one, model));
        jdbc.sql(SHARE_TURNS.text()).query((_, _) -> true).single();
        Map<UUID, List<Before>> before = known(wanted);
        List<Row> again = new ArrayList<>();
        List<Row> added = new ArrayList<>();
        List<UUID> gone = new ArrayList<>();
        for (Done<AssetCreated, FoundFaces> one : wanted) {
            sort(one, before.getOrDefault(one.message().assetId(), List.of()), again, added, gone);
        }
        jdbc.sql(DELETE.text()).param("faces", texts(gone, id -> id)).update();
        write(UPDATE, again, model, space);
        write(ADD, added, model, space);
        jdbc.sql(SEEN.text())
                .param("model", model)
                .param("ids", texts(wanted, one -> one.message().assetId()))
                .update();
    }

    /// What is there of a face.
    private record Before(SameFaces.Known known, long version, boolean confirmed) {}

    /// What is to be there.
    private record Row(UUID face, AssetCreated asset, Found found) {}

    private static void sort(
            Done<AssetCreated, FoundFaces> done,
            List<Before> before,
            List<Row> again,
            List<Row> added,
            List<UUID> gone) {
        AssetCreated asset = done.message();
        List<Found> found = done.result().faces();
        List<SameFaces.Pair> pairs =
                SameFaces.among(
                        before.stream().map(Before::known).toList(), found, done.result().space());
        Set<Integer> old = new HashSet<>();
        Set<Integer> now = new HashSet<>();
        for (SameFaces.Pair pair : pairs) {
            old.add(pair.known());
            now.add(pair.found());
            again.add(
                    new Row(before.get(pair.known()).known().id(), asset, found.get(pair.found())));
        }
        for (int i = 0; i < found.size(); i++) {
            if (!now.contains(i)) {
                added.add(new Row(EventCodec.newId(), asset, found.get(i)));
            }
        }
        for (int i = 0; i < before.size(); i++) {
            Before one = before.get(i);
            boolean said = one.confirmed() && one.version() == asset.version();
            if (!old.contains(i) && !said) {
                gone.add(one.known().id());
            }
        }
    }

    private Set<UUID> lockCurrent(List<Done<AssetCreated, FoundFaces>> done) {
        return jdbc.sql(LOCK_CURRENT.text())
                .param("ids", texts(done, one -> one.message().assetId()))
                .param("versions", texts(done, one -> one.message().version()))
                .query((row, _) -> row.getObject(1, UUID.class))
                .set();
    }

    private void requireOpen(UUID space, String model) {
        if (jdbc.sql(LOCK_OPEN.text())
                .param("space", space.toString())
                .query((_, _) -> true)
                .list()
                .isEmpty()) {
            throw FaceSpaces.replaced(model);
        }
    }

    private Map<UUID, List<Before>> known(List<Done<AssetCreated, FoundFaces>> done) {
        Map<UUID, List<Before>> known = new HashMap<>();
        jdbc.sql(KNOWN.text())
                .param("ids", texts(done, one -> one.message().assetId()))
                .query(
                        (ResultSet row) -> {
                            known.computeIfAbsent(
                                            row.getObject("asset_id", UUID.class),
                                            _ -> new ArrayList<>())
                                    .add(before(row));
                        });
        return known;
    }

    private static Before before(ResultSet row) throws SQLException {
        return new Before(
                new SameFaces.Known(
                        row.getObject("face_id", UUID.class),
                        new Box(
                                row.getBigDecimal("box_left"),
                                row.getBigDecimal("box_top"),
                                row.getBigDecimal("box_width"),
                                row.getBigDecimal("box_height")),
                        Optional.ofNullable(row.getObject("space_id", UUID.class)),
                        Optional.ofNullable(row.getString("vector")).map(Faces::numbers)),
                row.getLong("asset_version"),
                row.getBoolean("confirmed"));
    }

    private void write(Sql statement, List<Row> rows, String model, Optional<UUID> space) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.sql(statement.text())
                .param("model", model)
                .param("space", space.map(UUID::toString).orElse(null), Types.VARCHAR)
                .param("faces", texts(rows, Row::face))
                .param("ids", texts(rows, row -> row.asset().assetId()))
                .param("versions", texts(rows, row -> row.asset().version()))
                .param("lefts", texts(rows, row -> row.found().box().left()))
                .param("tops", texts(rows, row -> row.found().box().top()))
                .param("widths", texts(rows, row -> row.found().box().width()))
                .param("heights", texts(rows, row -> row.found().box().height()))
                .param("landmarks", texts(rows, row -> row.found().landmarks()))
                .param("confidences", texts(rows, row -> row.found().confidence()))
                .param(
                        "vectors",
                        rows.stream().map(row -> vector(row.found())).toArray(String[]::new))
                .update();
    }

    private static @Nullable String vector(Found found) {
        return found.vector().map(Arrays::toString).orElse(null);
    }

    private static float[] numbers(String vector) {
        String[] texts = vector.substring(1, vector.length() - 1).split(",", -1);
        float[] numbers = new float[texts.length];
        for (int i = 0; i < texts.length; i++) {
            numbers[i] = Float.parseFloat(texts[i]);
        }
        return numbers;
    }

    private static <T> String[] texts(Collection<T> items, Function<T, Object> field) {
        return items.stream().map(item -> field.apply(item).toString()).toArray(String[]::new);
    }
}
