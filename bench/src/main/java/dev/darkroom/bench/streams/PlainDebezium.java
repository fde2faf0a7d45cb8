package dev.darkroom.bench.streams;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;
import org.jspecify.annotations.Nullable;

/// Debezium's embedded engine with its own JSON, set up as its pages say, and a producer behind it.
final class PlainDebezium implements Contender {
    static final String SLOT = "bench_debezium";
    static final String TOPIC = "bench.debezium";

    private final Place place;
    private final LongAdder rows = new LongAdder();
    private final KafkaProducer<byte[], byte[]> producer;
    private @Nullable DebeziumEngine<ChangeEvent<String, String>> engine;

    PlainDebezium(Place place) {
        this.place = place;
        Map<String, Object> config = place.kafka().producerConfig("debezium");
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        this.producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void start() {
        DebeziumEngine<ChangeEvent<String, String>> built =
                DebeziumEngine.create(Json.class)
                        .using(settings())
                        .notifying(this::publish)
                        .build();
        engine = built;
        Thread.ofPlatform().name("debezium-engine").start(built);
    }

    private void publish(
            List<ChangeEvent<String, String>> batch,
            DebeziumEngine.RecordCommitter<ChangeEvent<String, String>> committer)
            throws InterruptedException {
        for (ChangeEvent<String, String> event : batch) {
            if (event.value() != null && event.destination().endsWith(".assets")) {
                var _ =
                        producer.send(
                                new ProducerRecord<>(
                                        TOPIC, bytes(event.key()), bytes(event.value())),
                                (_, _) -> rows.increment());
            }
        }
        producer.flush();
        committer.markProcessed(batch.getLast());
        committer.markBatchFinished();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("name", "bench");
        settings.setProperty("connector.class", PostgresConnector.class.getName());
        settings.setProperty("topic.prefix", "bench");
        settings.setProperty("database.hostname", place.address().host());
        settings.setProperty("database.port", Integer.toString(place.address().port()));
        settings.setProperty("database.dbname", place.address().name());
        settings.setProperty("database.user", place.cdc().user());
        settings.setProperty("database.password", place.cdc().password());
        settings.setProperty("plugin.name", "pgoutput");
        settings.setProperty("slot.name", SLOT);
        settings.setProperty("publication.name", "darkroom_cdc");
        settings.setProperty("publication.autocreate.mode", "disabled");
        settings.setProperty("table.include.list", "public.assets");
        settings.setProperty("snapshot.mode", "no_data");
        settings.setProperty("offset.storage", MemoryOffsetBackingStore.class.getName());
        settings.setProperty("offset.mismatch.strategy", "trust_slot");
        settings.setProperty("offset.flush.interval.ms", "1000");
        settings.setProperty("time.precision.mode", "isostring");
        settings.setProperty("tombstones.on.delete", "false");
        settings.setProperty("converter.schemas.enable", "false");
        settings.setProperty("max.batch.size", "4096");
        settings.setProperty("max.queue.size", "16384");
        settings.setProperty("poll.interval.ms", "5");
        settings.setProperty("statistics.metrics.enabled", "false");
        return settings;
    }

    @Override
    public long rows() {
        return rows.sum();
    }

    @Override
    public void stop() throws Exception {
        DebeziumEngine<ChangeEvent<String, String>> running = engine;
        if (running != null) {
            running.close();
        }
    }
}
