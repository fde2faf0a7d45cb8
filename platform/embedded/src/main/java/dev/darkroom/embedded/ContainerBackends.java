package dev.darkroom.embedded;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/// The same engines in containers, for tests where a container engine answers.
final class ContainerBackends implements Backends {

    private static final String POSTGRES_IMAGE = "pgvector/pgvector:pg17";

    private final KafkaContainer kafka;
    private final PostgreSQLContainer postgres;

    private ContainerBackends(KafkaContainer kafka, PostgreSQLContainer postgres) {
        this.kafka = kafka;
        this.postgres = postgres;
    }

    /// Starts both, configured as the embedded ones are.
    static ContainerBackends start() {
        KafkaContainer kafka =
                new KafkaContainer("apache/kafka:" + EmbeddedKafka.version())
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
                        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1");
        PostgreSQLContainer postgres =
                new PostgreSQLContainer(
                        DockerImageName.parse(POSTGRES_IMAGE)
                                .asCompatibleSubstituteFor("postgres"));
        postgres.withUsername("postgres")
                .withDatabaseName("postgres")
                .withCommand(
                        "postgres",
                        "-c",
                        "wal_level=logical",
                        "-c",
                        "max_replication_slots=10",
                        "-c",
                        "max_wal_senders=10",
                        "-c",
                        "max_slot_wal_keep_size=8GB",
                        "-c",
                        "max_connections=100",
                        "-c",
                        "fsync=off");
        ContainerBackends backends = new ContainerBackends(kafka, postgres);
        try {
            kafka.start();
            postgres.start();
            return backends;
        } catch (RuntimeException e) {
            backends.close();
            throw new BackendsUnavailable("the containers did not start: does Docker answer?", e);
        }
    }

    @Override
    public String bootstrapServers() {
        return kafka.getBootstrapServers();
    }

    @Override
    public PostgresAddress postgres() {
        return new PostgresAddress(
                postgres.getHost(),
                postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                postgres.getUsername(),
                postgres.getPassword());
    }

    @Override
    public String description() {
        return "containers " + kafka.getDockerImageName() + " and " + POSTGRES_IMAGE;
    }

    @Override
    public void close() {
        kafka.stop();
        postgres.stop();
    }
}
