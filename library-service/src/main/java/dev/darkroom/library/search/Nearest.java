package dev.darkroom.library.search;

import dev.darkroom.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/// The vectors nearest to one, nearest first: through the index of their space, or compared one by
/// one.
class Nearest {
    /// `halfvec(512)` stands for the dimension of the space: an index is on the cast, and a cast
    /// takes no parameter. The tie-break is a column of the same table, which keeps the index.
    static final Sql BY_INDEX =
            new Sql(
                    """
                    select e.asset_id, e.embedding::halfvec(512) <=> :vector::halfvec(512) as distance
                    from embeddings e
                    where e.space_id = :space::uuid and e.asset_id <> :self::uuid
                        and (e.embedding::halfvec(512) <=> :vector::halfvec(512), e.asset_id) > (:distance::float8, :id::uuid)
                        and exists (select from assets a where a.asset_id = e.asset_id and
                    """
                            + FilterSql.CONDITION
                            + """
                            )
                    order by e.embedding::halfvec(512) <=> :vector::halfvec(512), e.asset_id
                    limit :limit
                    """);

    /// Materialized, so that no index can order it: what passes the filter is found first, then
    /// compared.
    static final Sql ONE_BY_ONE =
            new Sql(
                    """
                    with compared as materialized (
                        select e.asset_id, e.embedding::halfvec(512) <=> :vector::halfvec(512) as distance
                        from embeddings e join assets a on a.asset_id = e.asset_id
                        where e.space_id = :space::uuid and e.asset_id <> :self::uuid and
                    """
                            + FilterSql.CONDITION
                            + """
                    )
                    select asset_id, distance from compared
                    where (distance, asset_id) > (:distance::float8, :id::uuid)
                    order by distance, asset_id
                    limit :limit
                    """);

    static final Sql BY_INDEX_L2 = with(BY_INDEX, Metric.L2);
    static final Sql BY_INDEX_INNER_PRODUCT = with(BY_INDEX, Metric.INNER_PRODUCT);
    static final Sql ONE_BY_ONE_L2 = with(ONE_BY_ONE, Metric.L2);
    static final Sql ONE_BY_ONE_INNER_PRODUCT = with(ONE_BY_ONE, Metric.INNER_PRODUCT);

    /// How many pass a filter, as far as it matters.
    static final Sql COUNT =
            new Sql(
                    "select count(*) from (select from assets a where "
                            + FilterSql.CONDITION
                            + " limit :limit) passing");

    private static final UUID NOBODY = new UUID(0, 0);

    private static final Map<Metric, Sql> INDEXED =
            Map.of(
                    Metric.COSINE, BY_INDEX,
                    Metric.L2, BY_INDEX_L2,
                    Metric.INNER_PRODUCT, BY_INDEX_INNER_PRODUCT);

    private static final Map<Metric, Sql> COMPARED =
            Map.of(
                    Metric.COSINE, ONE_BY_ONE,
                    Metric.L2, ONE_BY_ONE_L2,
                    Metric.INNER_PRODUCT, ONE_BY_ONE_INNER_PRODUCT);

    private final JdbcClient jdbc;

    Nearest(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What is looked for, and what comes before the answers.
    ///
    /// @param vector in PostgreSQL's form
    /// @param self an asset that is no answer
    record Question(
            ActiveSpace space,
            String vector,
            @Nullable UUID self,
            SearchFilter filter,
            @Nullable SearchCursor after,
            int limit) {}

    List<Hit> byIndex(Question question) {
        return run(INDEXED, question);
    }

    List<Hit> oneByOne(Question question) {
        return run(COMPARED, question);
    }

    /// The plan of what [#byIndex] or [#oneByOne] runs, run.
    List<String> explain(Question question, boolean byIndex) {
        return statement(byIndex ? INDEXED : COMPARED, question, Explain.PREFIX)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// At most `limit`.
    int countUpTo(SearchFilter filter, int limit) {
        return FilterSql.bind(jdbc.sql(COUNT.text()), filter)
                .param("limit", limit)
                .query(Integer.class)
                .single();
    }

    private List<Hit> run(Map<Metric, Sql> statements, Question question) {
        return statement(statements, question, "").query(Nearest::hit).list();
    }

    private StatementSpec statement(Map<Metric, Sql> statements, Question question, String prefix) {
        ActiveSpace space = question.space();
        SearchCursor after = question.after();
        return FilterSql.bind(jdbc.sql(prefix + text(statements, space)), question.filter())
                .param("vector", question.vector())
                .param("space", space.id().toString())
                .param("self", (question.self() == null ? NOBODY : question.self()).toString())
                .param(
                        "distance",
                        after == null
                                ? Double.NEGATIVE_INFINITY
                                : Double.longBitsToDouble(after.key()))
                .param("id", (after == null ? NOBODY : after.id()).toString())
                .param("limit", question.limit());
    }

    private static Hit hit(ResultSet row, int number) throws SQLException {
        double distance = row.getDouble("distance");
        return new Hit(
                row.getObject("asset_id", UUID.class), Double.doubleToLongBits(distance), distance);
    }

    private static String text(Map<Metric, Sql> statements, ActiveSpace space) {
        return Objects.requireNonNull(statements.get(space.metric()))
                .text()
                .replace("halfvec(512)", "halfvec(" + space.dimension() + ")");
    }

    private static Sql with(Sql cosine, Metric metric) {
        return new Sql(cosine.text().replace(Metric.COSINE.operator(), metric.operator()));
    }
}
