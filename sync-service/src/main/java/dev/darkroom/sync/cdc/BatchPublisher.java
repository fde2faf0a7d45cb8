package dev.darkroom.sync.cdc;

import dev.darkroom.delivery.KafkaProperties;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/// Publishes what the engine reads, batch by batch, and lets the slot move on only behind what
/// Kafka has acknowledged.
///
/// One failed record fails its batch: nothing of it is marked, the engine ends, and the next one
/// reads the batch again from the slot.
final class BatchPublisher
        implements DebeziumEngine.ChangeConsumer<RecordChangeEvent<SourceRecord>>, AutoCloseable {
    private static final String HEARTBEAT = "heartbeat";

    private final KafkaProducer<byte[], byte[]> producer;
    private final RowChanges rowChanges;
    private final Progress progress;

    BatchPublisher(
            KafkaProperties kafka,
            CdcProperties settings,
            UnchangedValues unchanged,
            Progress progress) {
        this.producer = producer(kafka, settings);
        this.rowChanges = new RowChanges(unchanged);
        this.progress = progress;
    }

    private static KafkaProducer<byte[], byte[]> producer(
            KafkaProperties kafka, CdcProperties settings) {
        Map<String, Object> config = kafka.producerConfig("cdc");
        long maxSize = settings.maxRecordSize().toBytes();
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Math.toIntExact(maxSize));
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(64L << 20, 2 * maxSize));
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> batch,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        AtomicReference<@Nullable StreamFailed> failure = new AtomicReference<>();
        AtomicLong acknowledged = new AtomicLong();
        for (RecordChangeEvent<SourceRecord> event : batch) {
            ProducerRecord<byte[], byte[]> record = toRecord(event.record());
            if (record != null) {
                send(record, acknowledged, failure);
            }
            if (failure.get() != null) {
                break;
            }
        }
        producer.flush();
        StreamFailed failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        RecordChangeEvent<SourceRecord> last = batch.getLast();
        committer.markProcessed(last);
        committer.markBatchFinished();
        progress.published(acknowledged.get(), lsn(last.record()));
    }

    private void send(
            ProducerRecord<byte[], byte[]> record,
            AtomicLong acknowledged,
            AtomicReference<@Nullable StreamFailed> failure) {
        var _ =
                producer.send(
                        record,
                        (_, error) -> {
                            if (error == null) {
                                acknowledged.incrementAndGet();
                            } else {
                                failure.compareAndSet(null, notTaken(record, error));
                            }
                        });
    }

    private static StreamFailed notTaken(ProducerRecord<byte[], byte[]> record, Exception error) {
        return new StreamFailed(
                "Kafka did not take a record of %d bytes for %s%s"
                        .formatted(record.value().length, record.topic(), advice(error)),
                error);
    }

    private static String advice(Exception error) {
        return error instanceof RecordTooLargeException
                ? "; nothing behind it is published until darkroom.sync.cdc.max-record-size and the"
                        + " topic's max.message.bytes are raised"
                : "";
    }

    /// The record to publish, or null for the heartbeats and for what happens to old outbox rows.
    private @Nullable ProducerRecord<byte[], byte[]> toRecord(SourceRecord event) {
        if (!(event.value() instanceof Struct change) || change.schema().field("after") == null) {
            return null;
        }
        return switch (change.getStruct("source").getString("table")) {
            case HEARTBEAT -> null;
            case OutboxEvents.TABLE ->
                    "c".equals(change.getString("op"))
                            ? OutboxEvents.event(change.getStruct("after"))
                            : null;
            default -> rowChanges.record((Struct) event.key(), change);
        };
    }

    private static long lsn(SourceRecord event) {
        return event.sourceOffset().get("lsn") instanceof Long lsn ? lsn : 0;
    }

    /// Gives what is under way a second, then a waiting [#handleBatch] fails.
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
