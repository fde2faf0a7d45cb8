package dev.darkroom.embedding;

import dev.darkroom.database.Sql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What this worker can do: the `capabilities` rows, for those who answer people.
class Capabilities {
    /// What is as it was is not touched.
    static final Sql PUT =
            new Sql(
                    """
                    insert into capabilities as c (capability, available, model_id, detail)
                    select u.capability, u.model_id <> '', nullif(u.model_id, ''), u.detail
                    from unnest(:capabilities::text[], :models::text[], :details::text[])
                        as u (capability, model_id, detail)
                    order by u.capability
                    on conflict (capability) do update set
                        available = excluded.available,
                        model_id = excluded.model_id,
                        detail = excluded.detail
                    where (c.available, c.model_id, c.detail)
                        is distinct from (excluded.available, excluded.model_id, excluded.detail)
                    """);

    private final JdbcClient jdbc;
    private final List<Model> models;

    /// @param models of several that can do one thing, the last counts: it was configured
    Capabilities(JdbcClient jdbc, List<? extends Model> models) {
        this.jdbc = jdbc;
        this.models = List.copyOf(models);
    }

    /// What nothing here can do.
    List<Capability> missing() {
        return Arrays.stream(Capability.values())
                .filter(
                        one ->
                                models.stream()
                                        .noneMatch(model -> model.capabilities().contains(one)))
                .toList();
    }

    /// Tells the database.
    void report() {
        List<Line> lines = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            Line line = new Line(capability, "", capability.howToConfigure());
            for (Model model : models) {
                if (model.capabilities().contains(capability)) {
                    line = new Line(capability, model.modelId(), model.description());
                }
            }
            lines.add(line);
        }
        jdbc.sql(PUT.text())
                .param("capabilities", texts(lines, one -> one.capability().wireName()))
                .param("models", texts(lines, Line::modelId))
                .param("details", texts(lines, Line::detail))
                .update();
    }

    /// @param modelId empty when there is no model for it
    private record Line(Capability capability, String modelId, String detail) {}

    private static String[] texts(Collection<Line> lines, Function<Line, String> field) {
        return lines.stream().map(field).toArray(String[]::new);
    }
}
