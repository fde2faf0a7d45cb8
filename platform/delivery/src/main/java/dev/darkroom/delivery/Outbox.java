package dev.darkroom.delivery;

import dev.darkroom.database.Sql;
import dev.darkroom.schema.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Events that leave with the rows they belong to: written in the caller's transaction, published
/// by change data capture once that has committed. What is rolled back was never said.
public final class Outbox {
    static final Sql ADD =
            new Sql(
                    """
                    insert into outbox (id, aggregate_type, aggregate_id, topic, event_type, payload)
                    select u.id, 'asset', u.aggregate_id, u.topic, u.event_type, u.payload
                    from unnest(:ids::uuid[], :keys::text[], :topics::text[], :types::text[], :payloads::jsonb[])
                        as u (id, aggregate_id, topic, event_type, payload)
                    """);

    private final JdbcClient jdbc;
    private final EventCodec codec;

    public Outbox(JdbcClient jdbc, EventCodec codec) {
        this.jdbc = jdbc;
        this.codec = codec;
    }

    /// Adds these events to the running transaction.
    public void add(List<? extends Event> events) {
        if (events.isEmpty()) {
            return;
        }
        jdbc.sql(ADD.text())
                .param("ids", texts(events, _ -> EventCodec.newId().toString()))
                .param("keys", texts(events, Event::subject))
                .param("topics", texts(events, event -> event.topic().wireName()))
                .param("types", texts(events, event -> event.type().wireName()))
                .param(
                        "payloads",
                        texts(
                                events,
                                event -> new String(codec.data(event), StandardCharsets.UTF_8)))
                .update();
    }

    private static String[] texts(List<? extends Event> events, Function<Event, String> field) {
        return events.stream().map(field).toArray(String[]::new);
    }
}
