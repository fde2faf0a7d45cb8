package dev.darkroom.embedding.model;

import dev.darkroom.database.Sql;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What this worker can do: the `capabilities` rows, for those who answer people.
public class Capabilities {
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
    private List<Line> reported = List.of();

    /// @param models of several that can do one thing, the last counts: it was configured
    public Capabilities(JdbcClient jdbc, List<? extends Model> models) {
        this.jdbc = jdbc;
        this.models = List.copyOf(models);
    }

    /// What nothing here can do, and why; as long as that is so, its tasks are skipped. A model
    /// that is only away is waited for instead.
    Map<Capability, String> missing() {
        Map<Capability, String> missing = new EnumMap<>(Capability.class);
        for (Capability capability : Capability.values()) {
            List<Model> candidates = candidates(capability);
            if (candidates.stream().allMatch(one -> one.standing() instanceof Standing.Refused)) {
                missing.put(capability, line(capability).detail());
            }
        }
        return missing;
    }

    /// Tells the database, if there is news.
    public synchronized void report() {
        List<Line> lines = Arrays.stream(Capability.values()).map(this::line).toList();
        if (lines.equals(reported)) {
            return;
        }
        jdbc.sql(PUT.text())
                .param("capabilities", texts(lines, one -> one.capability().wireName()))
                .param("models", texts(lines, Line::modelId))
                .param("details", texts(lines, Line::detail))
                .update();
        reported = lines;
    }

    /// @param modelId empty when there is no model for it
    private record Line(Capability capability, String modelId, String detail) {}

    /// The last that can be used speaks; where none can, the last says why.
    private Line line(Capability capability) {
        List<Model> candidates = candidates(capability);
        return candidates.stream()
                .filter(one -> one.standing() instanceof Standing.Usable)
                .reduce((_, last) -> last)
                .or(() -> candidates.stream().reduce((_, last) -> last))
                .map(one -> new Line(capability, one.modelId(), one.description()))
                .orElseGet(() -> new Line(capability, "", capability.howToConfigure()));
    }

    private List<Model> candidates(Capability capability) {
        return models.stream().filter(one -> one.capabilities().contains(capability)).toList();
    }

    private static String[] texts(Collection<Line> lines, Function<Line, String> field) {
        return lines.stream().map(field).toArray(String[]::new);
    }
}
