package dev.darkroom.library.search;

import dev.darkroom.database.Sql;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What can be looked for here, as embedding-worker left word.
class Capabilities {
    static final Sql ALL =
            new Sql(
                    """
                    select capability, available, model_id, detail from capabilities order by capability
                    """);

    private final JdbcClient jdbc;

    Capabilities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Capability> all() {
        return jdbc.sql(ALL.text())
                .query(
                        (row, _) ->
                                new Capability(
                                        row.getString("capability"),
                                        row.getBoolean("available"),
                                        row.getString("model_id"),
                                        row.getString("detail")))
                .list();
    }
}
