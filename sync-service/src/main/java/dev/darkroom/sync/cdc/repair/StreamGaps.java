package dev.darkroom.sync.cdc.repair;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.sync.cdc.LostChanges;
import dev.darkroom.sync.cdc.OnLostSlot;
import dev.darkroom.sync.cdc.OutboxEvents;
import dev.darkroom.sync.cdc.row.TableShape;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes on behind a gap in the log: by policy, or because somebody said so.
///
/// The tables are left to the [Reconciler], which finds what differs. The outbox has no topic that
/// it could be compared with, so all events that still stand in it are published again, before the
/// stream begins; consumers know their ids.
public final class StreamGaps implements LostChanges {
    private static final Logger log = LoggerFactory.getLogger(StreamGaps.class);
    private static final int CHUNK = 1_000;

    private final KafkaProperties kafka;
    private final Login login;
    private final OnLostSlot policy;
    private final StreamIncidents incidents;
    private final AtomicLong eventsAgain = new AtomicLong();
    private volatile boolean told;

    /// @param login of the role `darkroom_cdc`
    public StreamGaps(KafkaProperties kafka, Login login, OnLostSlot policy) {
        this.kafka = kafka;
        this.login = login;
        this.policy = policy;
        this.incidents = new StreamIncidents(kafka);
    }

    /// The next time that the slot is found lost, a new one is made, once.
    void allowOnce() {
        told = true;
    }

    /// Events of the outbox that this instance published again.
    long eventsAgain() {
        return eventsAgain.get();
    }

    @Override
    public boolean mayGoOn(String reason) throws InterruptedException {
        if (!told && policy == OnLostSlot.STOP && incidents.unfinishedLoss().isEmpty()) {
            return false;
        }
        told = false;
        log.atWarn()
                .addKeyValue("incident", incidents.lost(reason))
                .addKeyValue("reason", reason)
                .log("changes are lost, the streams are repaired");
        return true;
    }

    @Override
    public void slotMade(DatabaseAddress server) throws SQLException, InterruptedException {
        publishOutbox(server);
    }

    /// Publishes every event that stands in the outbox.
    void publishOutbox(DatabaseAddress server) throws SQLException, InterruptedException {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        OutboxEvents events = new OutboxEvents();
        long count = 0;
        try (TableReader reader = TableReader.open(server, login);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                kafka.producerConfig("cdc-outbox"),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())) {
            TableShape shape = reader.shape(OutboxEvents.TABLE);
            List<TableRow> rows = reader.next(shape, null, CHUNK);
            while (!rows.isEmpty()) {
                for (TableRow row : rows) {
                    var _ =
                            producer.send(
                                    events.event(shape, row.text()),
                                    (_, error) -> failure.compareAndSet(null, error));
                }
                count += rows.size();
                rows = reader.next(shape, rows.getLast(), CHUNK);
            }
            producer.flush();
            Exception failed = failure.get();
            if (failed != null) {
                throw new DependencyDown("Kafka did not take the outbox's events", failed);
            }
            producer.close(Duration.ofSeconds(10));
        }
        eventsAgain.addAndGet(count);
        log.atInfo().addKeyValue("events", count).log("the outbox was published again");
    }
}
