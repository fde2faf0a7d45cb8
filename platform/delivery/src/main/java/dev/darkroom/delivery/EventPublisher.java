package dev.darkroom.delivery;

import dev.darkroom.schema.Event;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Publishes events straight to Kafka: for uploaders. What belongs to a row goes through the
/// [Outbox] instead.
public final class EventPublisher implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final EventCodec codec;
    private final String source;

    /// @param source who publishes: `darkroom/<service>`
    public EventPublisher(KafkaProperties kafka, EventCodec codec, String source) {
        this.producer =
                new KafkaProducer<>(
                        kafka.producerConfig(source),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        this.codec = codec;
        this.source = source;
    }

    /// Hands an event over; the future completes when Kafka has acknowledged it on all replicas.
    ///
    /// It fails with [DependencyDown] when Kafka does not answer within the delivery timeout.
    public CompletableFuture<Void> publish(Event event) {
        return send(codec.encode(event, source));
    }

    CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            var _ =
                    producer.send(
                            record,
                            (_, error) -> {
                                if (error == null) {
                                    acknowledged.complete(null);
                                } else {
                                    acknowledged.completeExceptionally(
                                            new DependencyDown("Kafka did not take it", error));
                                }
                            });
        } catch (KafkaException e) {
            acknowledged.completeExceptionally(new DependencyDown("Kafka did not take it", e));
        }
        return acknowledged;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
