package dev.darkroom.library.search;

import dev.darkroom.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/// Assets that words name: in the file's name, the description, the camera, a tag, a person, or a
/// species.
class Words {
    /// Each part by its own index. A part of a word counts less than a word.
    static final Sql FIND =
            new Sql(
                    """
                    with found (asset_id, score) as (
                        select a.asset_id, 1 + ts_rank(a.search_vector, query)
                        from assets a, websearch_to_tsquery('simple', :words) query
                        where a.search_vector @@ query
                        union all
                        select asset_id, .5 from assets where original_filename ilike :pattern
                        union all
                        select m.asset_id, .9 * m.confidence
                        from tags t join asset_tags m on m.tag_id = t.tag_id
                        where t.name ilike :pattern
                        union all
                        select distinct f.asset_id, .9
                        from people p join faces f on f.person_id = p.person_id
                        where p.name ilike :pattern and not f.ignored
                        union all
                        select asset_id, .9 * confidence / rank from species_predictions
                        where species_name ilike :pattern or common_name ilike :pattern
                    )
                    select a.asset_id, sum(f.score)::float8 as score
                    from found f join assets a on a.asset_id = f.asset_id
                    where
                    """
                            + FilterSql.CONDITION
                            + """
                    group by a.asset_id
                    order by score desc, a.sort_time desc, a.asset_id
                    limit :limit
                    """);

    private final JdbcClient jdbc;

    Words(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The best first.
    List<Hit> find(String words, SearchFilter filter, int limit) {
        return statement("", words, filter, limit).query(Words::hit).list();
    }

    /// The plan of [#find], run.
    List<String> explain(String words, SearchFilter filter, int limit) {
        return statement(Explain.PREFIX, words, filter, limit)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private StatementSpec statement(String prefix, String words, SearchFilter filter, int limit) {
        return FilterSql.bind(jdbc.sql(prefix + FIND.text()), filter)
                .param("words", words)
                .param("pattern", FilterSql.containing(words))
                .param("limit", limit);
    }

    private static Hit hit(ResultSet row, int number) throws SQLException {
        return new Hit(row.getObject("asset_id", UUID.class), number, null);
    }
}
