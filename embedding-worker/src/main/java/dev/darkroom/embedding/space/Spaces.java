package dev.darkroom.embedding.space;

import dev.darkroom.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// The `embedding_spaces` rows. One space of each role is active; a switch is one transaction, so
/// there is always one to search.
public class Spaces {
    /// Those who change which space is active do so one after the other.
    static final Sql TAKE_TURNS =
            new Sql("select pg_advisory_xact_lock(hashtext('embedding_spaces'))");

    static final Sql ALL =
            new Sql(
                    """
                    select space_id, role, model_id, dimension, metric, state, index_kind, activated_at, retired_at
                    from embedding_spaces
                    order by role, created_at, space_id
                    """);

    /// The vectors of faces are not an asset's; what counts is which photos their model has seen.
    static final Sql COUNT_FACES =
            new Sql(
                    """
                    select count(*) from processing_tasks t join assets a on a.asset_id = t.asset_id
                    where t.task = 'faces' and t.status = 'completed' and t.model_id = :model
                        and t.asset_version >= a.version and a.asset_type = 'photo' and a.deleted_at is null
                    """);

    static final Sql COUNT =
            new Sql(
                    """
                    select count(*) from embeddings e join assets a on a.asset_id = e.asset_id
                    where e.space_id = :space::uuid and a.deleted_at is null
                    """);

    /// A photo that no decoder reads is in no space.
    static final Sql COUNT_PHOTOS =
            new Sql(
                    """
                    select count(*) from assets a
                    where a.asset_type = 'photo' and a.deleted_at is null and not exists (
                        select from processing_tasks t
                        where t.asset_id = a.asset_id and t.task = :task and t.status = 'dead')
                    """);

    /// The first space of a role has nobody to wait for.
    static final Sql OPEN =
            new Sql(
                    """
                    insert into embedding_spaces (role, model_id, dimension, metric, state, activated_at)
                    select :role::text, :model::text, :dimension::int, :metric::text,
                        case when active.there then 'building' else 'active' end,
                        case when not active.there then now() end
                    from (select exists (select from embedding_spaces where role = :role and state = 'active') as there) active
                    where not exists (select from embedding_spaces where role = :role and model_id = :model)
                    """);

    static final Sql FIND_OTHER_SHAPE =
            new Sql(
                    """
                    select dimension || ' ' || metric from embedding_spaces
                    where role = :role and model_id = :model and (dimension, metric) <> (:dimension, :metric)
                    """);

    /// In the order in which [Vectors] locks them, so that the two never wait for each other.
    static final Sql LOCK_ROLE =
            new Sql(
                    """
                    select space_id from embedding_spaces where role = :role order by space_id for update
                    """);

    static final Sql RETIRE =
            new Sql(
                    """
                    update embedding_spaces set state = 'retired', retired_at = now()
                    where state <> 'retired' and (space_id = :space::uuid
                        or (:activeOfRole and state = 'active' and role = :role))
                    """);

    static final Sql ACTIVATE =
            new Sql(
                    """
                    update embedding_spaces set state = 'active', activated_at = now(), retired_at = null
                    where space_id = :space::uuid
                    """);

    static final Sql DELETE_SOME_VECTORS =
            new Sql(
                    """
                    delete from embeddings where space_id = :space::uuid and asset_id in (
                        select asset_id from embeddings where space_id = :space::uuid limit 2000)
                    """);

    /// Faces stay whose they are without vectors.
    static final Sql FORGET_SOME_FACES =
            new Sql(
                    """
                    update faces set space_id = null, dimension = null, embedding = null
                    where face_id in (select face_id from faces where space_id = :space::uuid limit 2000)
                    """);

    static final Sql REOPEN =
            new Sql(
                    """
                    update embedding_spaces set state = 'building', retired_at = null
                    where space_id = :space::uuid and state = 'retired'
                    """);

    static final Sql DELETE = new Sql("delete from embedding_spaces where space_id = :space::uuid");

    static final Sql LIFT_TIME_LIMIT = new Sql("select set_config('statement_timeout', '0', true)");

    static final Sql BUILD_INDEX =
            new Sql("select build_space_index(:space::uuid, :kind, :lists::int)");

    /// The role whose vectors lie in `faces`.
    static final String FACES = "face";

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    public Spaces(JdbcClient jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /// Every space, without what it costs to count.
    public List<Space> all() {
        return jdbc.sql(ALL.text()).query((row, _) -> space(row, 0, 0)).list();
    }

    /// A space with its numbers.
    public Space counted(Space space) {
        boolean faces = space.spec().role().equals(FACES);
        long vectors =
                (faces
                                ? jdbc.sql(COUNT_FACES.text())
                                        .param("model", space.spec().modelId())
                                : jdbc.sql(COUNT.text()).param("space", space.id().toString()))
                        .query(Long.class)
                        .single();
        long photos =
                jdbc.sql(COUNT_PHOTOS.text())
                        .param("task", faces ? "faces" : "embedding")
                        .query(Long.class)
                        .single();
        return new Space(
                space.id(),
                space.spec(),
                space.state(),
                space.index(),
                vectors,
                photos,
                space.activatedAt(),
                space.retiredAt());
    }

    /// The space, if there is one.
    public Optional<Space> find(UUID id) {
        return all().stream().filter(space -> space.id().equals(id)).findFirst();
    }

    /// Makes a space unless it is there.
    public void open(SpaceSpec spec) {
        inTurn(
                () -> {
                    jdbc.sql(OPEN.text())
                            .param("role", spec.role())
                            .param("model", spec.modelId())
                            .param("dimension", spec.dimension())
                            .param("metric", spec.metric())
                            .update();
                    refuseOtherShape(spec);
                });
    }

    private void refuseOtherShape(SpaceSpec spec) {
        jdbc.sql(FIND_OTHER_SHAPE.text())
                .param("role", spec.role())
                .param("model", spec.modelId())
                .param("dimension", spec.dimension())
                .param("metric", spec.metric())
                .query(String.class)
                .optional()
                .ifPresent(
                        other -> {
                            throw new IllegalStateException(
                                    "%s has a space of another shape (%s): another model needs another digest"
                                            .formatted(spec.modelId(), other));
                        });
    }

    /// Fills a space again that was retired.
    public void reopen(Space space) {
        inTurn(() -> jdbc.sql(REOPEN.text()).param("space", space.id().toString()).update());
    }

    /// Makes a space the one that is searched; the one before is retired in the same moment. One
    /// that somebody else has changed meanwhile stays as they want it.
    void activate(Space space) {
        inTurn(
                () -> {
                    jdbc.sql(LOCK_ROLE.text())
                            .param("role", space.spec().role())
                            .query((_, _) -> true)
                            .list();
                    if (find(space.id()).filter(now -> now.state() == space.state()).isPresent()) {
                        retire(space, true);
                        jdbc.sql(ACTIVATE.text()).param("space", space.id().toString()).update();
                    }
                });
    }

    /// The space is gone, with its vectors. In pieces, so that nobody waits long.
    void drop(Space space) {
        inTurn(() -> retire(space, false));
        Sql some = space.spec().role().equals(FACES) ? FORGET_SOME_FACES : DELETE_SOME_VECTORS;
        int gone;
        do {
            gone = jdbc.sql(some.text()).param("space", space.id().toString()).update();
        } while (gone > 0);
        inTurn(() -> jdbc.sql(DELETE.text()).param("space", space.id().toString()).update());
    }

    /// Another index for a space. It can be read meanwhile, not written.
    void index(Space space, String kind, @Nullable Integer lists) {
        transaction.executeWithoutResult(
                _ -> {
                    jdbc.sql(LIFT_TIME_LIMIT.text()).query(String.class).single();
                    jdbc.sql(BUILD_INDEX.text())
                            .param("space", space.id().toString())
                            .param("kind", kind)
                            .param("lists", lists)
                            .query((_, _) -> true)
                            .single();
                });
    }

    private void retire(Space space, boolean activeOfRole) {
        jdbc.sql(RETIRE.text())
                .param("space", space.id().toString())
                .param("activeOfRole", activeOfRole)
                .param("role", space.spec().role())
                .update();
    }

    private void inTurn(Runnable change) {
        transaction.executeWithoutResult(
                _ -> {
                    jdbc.sql(TAKE_TURNS.text()).query((_, _) -> true).single();
                    change.run();
                });
    }

    private static Space space(ResultSet row, long vectors, long photos) throws SQLException {
        return new Space(
                row.getObject("space_id", UUID.class),
                new SpaceSpec(
                        row.getString("role"),
                        row.getString("model_id"),
                        row.getInt("dimension"),
                        row.getString("metric")),
                Space.State.ofWireName(row.getString("state")),
                row.getString("index_kind"),
                vectors,
                photos,
                instant(row.getTimestamp("activated_at")),
                instant(row.getTimestamp("retired_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
