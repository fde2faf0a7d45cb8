package dev.darkroom.bench.streams;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

/// The floor: pgoutput's messages, untouched, to Kafka under the row's key. It understands nothing,
/// waits for no acknowledgement and confirms no position.
final class BareRelay implements Contender {
    static final String SLOT = "bench_relay";
    static final String TOPIC = "bench.relay";

    private static final int BEFORE_FIRST_COLUMN = 1 + 4 + 1 + 2 + 1;

    private final Place place;
    private final LongAdder rows = new LongAdder();
    private volatile @Nullable Connection connection;
    private volatile @Nullable Thread thread;

    BareRelay(Place place) {
        this.place = place;
    }

    @Override
    public void start() throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, place.cdc().user());
        PGProperty.PASSWORD.set(properties, place.cdc().password());
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        Connection opened = DriverManager.getConnection(place.address().jdbcUrl(), properties);
        connection = opened;
        PGReplicationStream stream =
                opened.unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withSlotName(SLOT)
                        .withSlotOption("proto_version", "1")
                        .withSlotOption("publication_names", "darkroom_cdc")
                        .withStatusInterval(0, TimeUnit.SECONDS)
                        .start();
        thread = Thread.ofPlatform().name("relay").start(() -> run(stream));
    }

    private void run(PGReplicationStream stream) {
        Map<String, Object> config = place.kafka().producerConfig("relay");
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            while (true) {
                ByteBuffer message = stream.read();
                if (message != null && message.get(message.position()) == 'I') {
                    var _ = producer.send(record(message), (_, _) -> rows.increment());
                }
            }
        } catch (SQLException e) {
            // The connection was broken by stop().
            return;
        }
    }

    private static ProducerRecord<byte[], byte[]> record(ByteBuffer message) {
        byte[] key = new byte[message.getInt(BEFORE_FIRST_COLUMN)];
        message.get(BEFORE_FIRST_COLUMN + 4, key);
        byte[] value = new byte[message.remaining()];
        message.get(value);
        return new ProducerRecord<>(TOPIC, key, value);
    }

    @Override
    public long rows() {
        return rows.sum();
    }

    @Override
    public void stop() throws Exception {
        Connection opened = connection;
        Thread running = thread;
        if (opened != null && running != null) {
            opened.abort(Runnable::run);
            running.join();
        }
    }
}
