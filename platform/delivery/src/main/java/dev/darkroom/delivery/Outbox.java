package dev.darkroom.delivery;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.darkroom.database.Sql;
import dev.darkroom.schema.Event;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
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
                    on conflict (id) do nothing
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
                .param("ids", texts(events, event -> idOf(event).toString()))
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

    private UUID idOf(Event event) {
        byte[] name = EventCodec.utf8(event.type().wireName() + ' ');
        byte[] data = codec.data(event);
        byte[] fact = Arrays.copyOf(name, name.length + data.length);
        System.arraycopy(data, 0, fact, name.length, data.length);
        return UuidCreator.getNameBasedSha1(fact);
    }

    private static String[] texts(List<? extends Event> events, Function<Event, String> field) {
        return events.stream().map(field).toArray(String[]::new);
    }
}
