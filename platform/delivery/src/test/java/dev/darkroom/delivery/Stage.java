package dev.darkroom.delivery;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.Sha256;
import dev.darkroom.schema.StorageUri;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// One consumer on a topic of its own, on a real Kafka and a real database, with a plug to pull.
final class Stage implements AutoCloseable {
    private static final Instant CREATED_AT = Instant.parse("2026-11-21T10:00:00Z");

    final MigratedDatabase database = migrated();
    final JdbcClient admin = database.asAdmin();
    final String topic = "stage-" + UUID.randomUUID();
    final AtomicBoolean databaseIsDown = new AtomicBoolean();
    private final HikariDataSource pool = database.pool(Role.THUMBNAIL);
    private final DataSource source =
            new DelegatingDataSource(pool) {
                @Override
                public java.sql.Connection getConnection() throws SQLException {
                    if (databaseIsDown.get()) {
                        throw new SQLException("the plug is pulled", "08006");
                    }
                    return super.getConnection();
                }
            };
    final JdbcClient jdbc = JdbcClient.create(source);
    private final KafkaProperties kafka =
            new KafkaProperties(database.bootstrapServers(), 2, (short) 1);
    private final EventCodec codec = new EventCodec();
    private final EventPublisher publisher = new EventPublisher(kafka, codec, "darkroom/test");
    private final List<Subscriptions> running = new ArrayList<>();
    private final UUID repositoryId = repository();

    private static MigratedDatabase migrated() {
        try {
            return MigratedDatabase.create();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Runs a worker until the stage closes.
    <R> void run(Work<AssetCreated, R> work, int attempts) {
        Subscription<AssetCreated, R> subscription =
                new Subscription<>(
                        "thumbnail",
                        SourceTopic.only(topic),
                        codec.only(AssetCreated.class),
                        work,
                        Optional.of(new AssetLedger(jdbc, "thumbnail", _ -> true)),
                        50);
        Subscriptions subscriptions =
                new Subscriptions(
                        List.of(subscription),
                        kafka,
                        new DeliveryProperties(
                                attempts,
                                Duration.ofMillis(20),
                                Duration.ofMillis(100),
                                2,
                                Duration.ofMillis(50)),
                        new TransactionTemplate(new JdbcTransactionManager(source)),
                        publisher);
        subscriptions.start();
        running.add(subscriptions);
    }

    /// An asset that is in the library, and the event that says so.
    AssetCreated asset(String fileName) {
        UUID id = EventCodec.newId();
        String hash = id.toString().replace("-", "").repeat(2);
        admin.sql(
                        """
                        insert into assets (asset_id, repository_id, asset_type, original_filename, storage_path,
                            mime_type, file_size, content_hash)
                        values (?::uuid, ?::uuid, 'photo', ?, 'repo://x/y', 'image/jpeg', 1, ?)
                        """)
                .params(id, repositoryId, fileName, "sha256:" + hash)
                .update();
        return created(id, fileName, hash, 1);
    }

    AssetCreated newer(AssetCreated asset) {
        return created(
                asset.assetId(), asset.fileName(), asset.sha256().hex(), asset.version() + 1);
    }

    private AssetCreated created(UUID id, String fileName, String hash, long version) {
        return new AssetCreated(
                id,
                version,
                AssetType.PHOTO,
                "image/jpeg",
                new StorageUri("repo://x/y"),
                fileName,
                1,
                new Sha256(hash),
                null,
                null,
                repositoryId,
                null,
                5,
                CREATED_AT);
    }

    private UUID repository() {
        return admin.sql(
                        "insert into repositories (name, path) values ('r', '/r') returning repository_id")
                .query(UUID.class)
                .single();
    }

    void publish(AssetCreated event) {
        ProducerRecord<byte[], byte[]> record = codec.encode(event, "darkroom/test");
        publishRaw(
                new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers()));
    }

    void publishRaw(ProducerRecord<byte[], byte[]> record) {
        new Topics(kafka).ensure(List.of(topic));
        publisher.send(record).join();
    }

    /// The dead letters so far.
    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return records(topic + ".thumbnail.dlt");
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String name) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", database.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(name).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
            return found;
        }
    }

    /// The ledger's row of an asset as one line: status, version, attempts, errors.
    String ledger(AssetCreated asset) {
        return admin.sql(
                        """
                        select concat_ws(' ', status, 'v' || asset_version, attempts, error_count, last_error)
                        from processing_tasks where asset_id = ?::uuid and task = 'thumbnail'
                        """)
                .param(asset.assetId())
                .query(String.class)
                .optional()
                .orElse("none");
    }

    /// All rows of the ledger and the slice, to compare byte for byte.
    List<String> tables() {
        return admin.sql(
                        """
                        select t::text from thumbnails t
                        union all select p::text from processing_tasks p
                        order by 1
                        """)
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Override
    public void close() {
        running.forEach(Subscriptions::stop);
        publisher.close();
        pool.close();
    }
}
