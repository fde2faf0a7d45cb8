package dev.darkroom.command.rebuild;

import dev.darkroom.streams.RowText;
import dev.darkroom.streams.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/// How far back the topics tell the truth.
///
/// @param beginsAt the oldest commit in any of them; empty when there is none
/// @param doubts why something older may be missing; none when the log is whole
public record LogReach(Optional<Instant> beginsAt, List<String> doubts) {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    public LogReach {
        doubts = List.copyOf(doubts);
    }

    static LogReach of(String bootstrapServers, TopicReader reader, Collection<String> topics) {
        reader.assign(topics);
        List<String> doubts = new ArrayList<>();
        reader.dropped()
                .forEach(
                        (topic, records) -> {
                            if (records > 0) {
                                doubts.add(
                                        "Kafka has dropped the first %d records of %s"
                                                .formatted(records, topic));
                            }
                        });
        configs(bootstrapServers, topics).forEach((topic, config) -> judge(topic, config, doubts));
        return new LogReach(
                reader.firstRecords().stream()
                        .map(record -> RowText.of(record).committedAt())
                        .min(Instant::compareTo),
                doubts);
    }

    private static void judge(String topic, Config config, List<String> doubts) {
        String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        String time = config.get(TopicConfig.RETENTION_MS_CONFIG).value();
        String size = config.get(TopicConfig.RETENTION_BYTES_CONFIG).value();
        if (policy.contains("compact")) {
            doubts.add(topic + " is compacted: older changes of a row may be gone");
        }
        if (policy.contains("delete") && !(time.equals("-1") && size.equals("-1"))) {
            doubts.add(
                    "%s expires (retention.ms=%s, retention.bytes=%s): changes older than that go"
                            .formatted(topic, time, size));
        }
    }

    private static Map<String, Config> configs(String bootstrapServers, Collection<String> topics) {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                AdminClientConfig.CLIENT_ID_CONFIG,
                                "darkroom-as-of"))) {
            Map<String, Config> configs = new TreeMap<>();
            admin.describeConfigs(
                            topics.stream()
                                    .map(t -> new ConfigResource(ConfigResource.Type.TOPIC, t))
                                    .toList())
                    .all()
                    .get(ANSWER.toSeconds(), TimeUnit.SECONDS)
                    .forEach((resource, config) -> configs.put(resource.name(), config));
            return configs;
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("cannot read the settings of the topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
