package dev.darkroom.sync.streams;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How change streams are served over HTTP.
///
/// @param maxConnections how many clients may listen at once; each has a Kafka consumer of its own
/// @param keepalive how often a quiet stream sends its position
/// @param retry how long a client is asked to wait before it connects again
public record StreamsProperties(
        @DefaultValue("32") int maxConnections,
        @DefaultValue("15s") Duration keepalive,
        @DefaultValue("2s") Duration retry) {
    public StreamsProperties {
        if (maxConnections < 1) {
            throw new IllegalArgumentException(
                    "darkroom.sync.streams.max-connections must be positive: " + maxConnections);
        }
        if (keepalive.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "darkroom.sync.streams.keepalive must be at least 1s: " + keepalive);
        }
        if (retry.isNegative()) {
            throw new IllegalArgumentException(
                    "darkroom.sync.streams.retry must not be negative: " + retry);
        }
    }
}
