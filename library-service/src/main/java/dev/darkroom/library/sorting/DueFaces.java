package dev.darkroom.library.sorting;

import dev.darkroom.database.Sql;
import dev.darkroom.library.sorting.WhoIsWho.Neighbour;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The `faces` that wait to be compared, what is near them, and whose they turn out to be.
///
/// Which faces wait is all that a comparison remembers: it stands in the rows, and changes with
/// them in one transaction.
class DueFaces {
    /// Of several instances one sorts; the others find that it is being done.
    static final Sql ALONE =
            new Sql("select pg_try_advisory_xact_lock(hashtext('people are sorted'))");

    /// Generic plans are off: they know no space, and so none of the indexes, which are one for
    /// each.
    static final Sql SETTINGS =
            new Sql(
                    """
                    select set_config('plan_cache_mode', 'force_custom_plan', true),
                        set_config('hnsw.ef_search', :efSearch, true),
                        set_config('hnsw.iterative_scan', 'strict_order', true)
                    """);

    static final Sql DUE =
            new Sql(
                    """
                    select face_id from faces
                    where comparison <> 'done' and embedding is not null and not ignored
                    order by created_at, face_id
                    limit :limit
                    """);

    static final Sql FIND =
            new Sql(
                    """
                    select f.person_id, f.confirmed, f.comparison, f.space_id, f.dimension,
                        f.embedding::text as vector, a.owner_id
                    from faces f join assets a on a.asset_id = f.asset_id
                    where f.face_id = :face::uuid and f.comparison <> 'done' and f.embedding is not null
                        and not f.ignored
                    """);

    /// `halfvec(512)` stands for the dimension of the space: an index is on the cast, and a cast
    /// takes no parameter. Faces that somebody said are nobody's count for nothing.
    static final Sql NEAR =
            new Sql(
                    """
                    select n.face_id, n.person_id, n.embedding::halfvec(512) <=> :vector::halfvec(512) as distance
                    from faces n
                    where n.space_id = :space::uuid and n.face_id <> :face::uuid and not n.ignored
                        and (n.person_id is not null or not n.confirmed)
                        and exists (
                            select from assets a
                            where a.asset_id = n.asset_id and a.owner_id is not distinct from :owner::uuid)
                    order by n.embedding::halfvec(512) <=> :vector::halfvec(512)
                    limit :limit
                    """);

    static final Sql DONE =
            new Sql("update faces set comparison = 'done' where face_id = :face::uuid");

    static final Sql WAKE =
            new Sql(
                    """
                    update faces set comparison = 'again'
                    where face_id = any(:faces::uuid[]) and comparison = 'done' and person_id is null
                    """);

    static final Sql JOIN =
            new Sql(
                    """
                    update faces set person_id = :person::uuid,
                        comparison = case when face_id = :compared::uuid then 'done' else 'again' end
                    where face_id = any(:faces::uuid[]) and person_id is null
                    """);

    /// The clearest of the faces stands for the others.
    static final Sql FOUND =
            new Sql(
                    """
                    insert into people (person_id, owner_id, representative_face_id)
                    select :person::uuid, :owner::uuid, face_id from faces
                    where face_id = any(:faces::uuid[])
                    order by confidence desc, box_width * box_height desc, face_id
                    limit 1
                    """);

    private final JdbcClient jdbc;

    DueFaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A face that waits.
    ///
    /// @param isNew whether it was never compared before
    /// @param vector in PostgreSQL's form
    /// @param owner whose library it is in, null where nobody owns it
    record Due(
            UUID face,
            @Nullable UUID person,
            boolean confirmed,
            boolean isNew,
            UUID space,
            int dimension,
            String vector,
            @Nullable UUID owner) {}

    /// Whether nobody else sorts, until the end of the running transaction.
    boolean alone() {
        return jdbc.sql(ALONE.text()).query(Boolean.class).single();
    }

    void settings(int neighbours) {
        jdbc.sql(SETTINGS.text())
                .param("efSearch", Integer.toString(Math.clamp(2L * neighbours, 200, 1_000)))
                .query((_, _) -> true)
                .single();
    }

    /// Those that have waited longest.
    List<UUID> due(int limit) {
        return jdbc.sql(DUE.text())
                .param("limit", limit)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /// The face, if it still waits.
    Optional<Due> find(UUID face) {
        return jdbc.sql(FIND.text())
                .param("face", face.toString())
                .query((row, _) -> due(face, row))
                .optional();
    }

    /// The nearest faces in the same space and the same library.
    List<Neighbour> near(Due due, int limit) {
        return near("", due, limit)
                .query(
                        (row, _) ->
                                new Neighbour(
                                        row.getObject("face_id", UUID.class),
                                        row.getDouble("distance"),
                                        row.getObject("person_id", UUID.class)))
                .list();
    }

    /// The plan of [#near], run.
    List<String> explain(Due due, int limit) {
        return near("explain (analyze, costs off, timing off, summary off) ", due, limit)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private JdbcClient.StatementSpec near(String prefix, Due due, int limit) {
        String text = NEAR.text().replace("halfvec(512)", "halfvec(" + due.dimension() + ")");
        return jdbc.sql(prefix + text)
                .param("vector", due.vector())
                .param("space", due.space().toString())
                .param("face", due.face().toString())
                .param("owner", due.owner() == null ? null : due.owner().toString(), Types.VARCHAR)
                .param("limit", limit);
    }

    void done(UUID face) {
        jdbc.sql(DONE.text()).param("face", face.toString()).update();
    }

    /// These are compared again: something near them has changed.
    void wake(Collection<UUID> faces) {
        if (!faces.isEmpty()) {
            jdbc.sql(WAKE.text()).param("faces", texts(faces)).update();
        }
    }

    /// These are somebody's from now on, and what is near them is to be looked at.
    ///
    /// @param compared the one of which that is done
    void join(Collection<UUID> faces, UUID person, UUID compared) {
        jdbc.sql(JOIN.text())
                .param("faces", texts(faces))
                .param("person", person.toString())
                .param("compared", compared.toString())
                .update();
    }

    /// Somebody new, who has these faces.
    void found(UUID person, @Nullable UUID owner, Collection<UUID> faces) {
        jdbc.sql(FOUND.text())
                .param("person", person.toString())
                .param("owner", owner == null ? null : owner.toString(), Types.VARCHAR)
                .param("faces", texts(faces))
                .update();
    }

    private static Due due(UUID face, ResultSet row) throws SQLException {
        return new Due(
                face,
                row.getObject("person_id", UUID.class),
                row.getBoolean("confirmed"),
                row.getString("comparison").equals("new"),
                row.getObject("space_id", UUID.class),
                row.getInt("dimension"),
                row.getString("vector"),
                row.getObject("owner_id", UUID.class));
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
