package dev.darkroom.delivery;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How Kafka is reached, and how topics are made where they are missing.
///
/// @param bootstrapServers `host:port`, separated by commas
/// @param partitions of each topic that is made here: the most copies of one worker that find work
/// @param replicationFactor of each topic that is made here; -1 takes the broker's default
@ConfigurationProperties(prefix = "darkroom.kafka", ignoreUnknownFields = false)
public record KafkaProperties(
        @DefaultValue("127.0.0.1:9092") String bootstrapServers,
        @DefaultValue("6") int partitions,
        @DefaultValue("-1") short replicationFactor) {
    public KafkaProperties {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("darkroom.kafka.bootstrap-servers is missing");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "darkroom.kafka.partitions must be positive: " + partitions);
        }
    }

    /// A producer that loses nothing: all replicas acknowledge, a retry makes no duplicate.
    public Map<String, Object> producerConfig(String clientId) {
        Map<String, Object> config = client(clientId);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        return config;
    }

    Map<String, Object> adminConfig() {
        return client("topics");
    }

    /// A consumer that acknowledges by hand and starts at the beginning.
    Map<String, Object> consumerConfig(String group, int batchSize) {
        Map<String, Object> config = client(group);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchSize);
        config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 600_000);
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        config.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        return config;
    }

    private Map<String, Object> client(String clientId) {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId.replace('/', '-'));
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return config;
    }
}
