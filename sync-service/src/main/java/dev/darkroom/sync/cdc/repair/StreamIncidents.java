package dev.darkroom.sync.cdc.repair;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.database.CaptureSlot;
import dev.darkroom.delivery.CloudEventHeaders;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.EventPublisher;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.delivery.Topics;
import dev.darkroom.schema.Event;
import dev.darkroom.schema.StreamEvent;
import dev.darkroom.schema.StreamLost;
import dev.darkroom.schema.StreamRestored;
import dev.darkroom.schema.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What went wrong with the streams, told on `stream-changed`, and read from there again: the topic
/// is the memory of a repair that a process did not finish.
final class StreamIncidents {
    private static final Logger log = LoggerFactory.getLogger(StreamIncidents.class);
    private static final String SOURCE = "darkroom/sync-service";

    private final KafkaProperties kafka;
    private final EventCodec codec = new EventCodec();

    StreamIncidents(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /// Publishes an event and waits until Kafka has it.
    void tell(StreamEvent event) throws InterruptedException {
        new Topics(kafka).ensure(List.of(Topic.STREAM_CHANGED.wireName()));
        try (EventPublisher publisher = new EventPublisher(kafka, codec, SOURCE)) {
            publisher.publish(event).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new DependencyDown("Kafka did not take " + event.type().wireName(), e);
        }
    }

    /// Takes note that the slot was lost, once for each loss.
    UUID lost(String reason) throws InterruptedException {
        Optional<UUID> open = unfinishedLoss();
        if (open.isPresent()) {
            return open.get();
        }
        UUID incident = UUID.randomUUID();
        tell(new StreamLost(incident, CaptureSlot.NAME, reason));
        return incident;
    }

    /// The loss that was told and not yet told as restored.
    Optional<UUID> unfinishedLoss() {
        Map<UUID, StreamLost> open = new LinkedHashMap<>();
        try (Consumer<byte[], byte[]> consumer = TopicFollower.consumer(kafka, "cdc-incidents")) {
            List<TopicPartition> partitions =
                    TopicFollower.partitions(consumer, Topic.STREAM_CHANGED.wireName());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> read(record, open));
            }
        }
        return open.keySet().stream().findFirst();
    }

    private void read(ConsumerRecord<byte[], byte[]> record, Map<UUID, StreamLost> open) {
        Header type = record.headers().lastHeader(CloudEventHeaders.TYPE);
        if (type == null || !new String(type.value(), UTF_8).startsWith("stream.")) {
            return;
        }
        try {
            Event event = codec.decode(record);
            if (event instanceof StreamLost lost) {
                open.put(lost.incidentId(), lost);
            } else if (event instanceof StreamRestored restored) {
                open.remove(restored.incidentId());
            }
        } catch (GiveUp e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("offset", record.offset())
                    .log("a record on stream-changed cannot be read");
        }
    }
}
