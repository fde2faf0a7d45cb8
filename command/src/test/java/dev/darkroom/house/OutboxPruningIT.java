package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.PublishedEvents;
import dev.darkroom.schema.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class OutboxPruningIT {
    private final House house = House.shared();

    @Test
    void removesWhatWasPublishedLongAgoAndNothingElse() throws Exception {
        // given
        JdbcClient owner = house.as(Role.OWNER);
        UUID old = add(owner, "8 days");
        UUID young = add(owner, "6 days");
        PublishedEvents events = new PublishedEvents(house.as(Role.INGEST));

        // when
        await().atMost(Duration.ofMinutes(1)).until(() -> events.prune(Duration.ofDays(7)) > 0);

        // then
        List<String> left = house.query("select id from outbox");
        assertThat(left).contains(young.toString()).doesNotContain(old.toString());
    }

    private static UUID add(JdbcClient owner, String age) {
        UUID id = EventCodec.newId();
        owner.sql(
                        """
                        insert into outbox (id, aggregate_type, aggregate_id, topic, event_type, payload, created_at)
                        values (?, 'asset', ?, 'asset-changed', 'asset.ready.v1', '{}', now() - ?::interval)
                        """)
                .params(id, id.toString(), age)
                .update();
        return id;
    }
}
