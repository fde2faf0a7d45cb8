package dev.darkroom.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How work is tried again and how much of it runs at once.
///
/// @param attempts how often a record is worked on before it goes to the dead letters
/// @param firstDelay before the second attempt; each further delay is four times the one before
/// @param maxDelay the longest delay
/// @param threads how many messages of one service are worked on at once; 0 is one per processor
/// @param pause how long a listener waits when a dependency is down, before it looks again
@ConfigurationProperties(prefix = "darkroom.delivery", ignoreUnknownFields = false)
public record DeliveryProperties(
        @DefaultValue("5") int attempts,
        @DefaultValue("1s") Duration firstDelay,
        @DefaultValue("2m") Duration maxDelay,
        @DefaultValue("0") int threads,
        @DefaultValue("2s") Duration pause) {
    private static final int GROWTH = 4;

    public DeliveryProperties {
        if (attempts < 1) {
            throw new IllegalArgumentException(
                    "darkroom.delivery.attempts must be positive: " + attempts);
        }
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "darkroom.delivery.threads must not be negative: " + threads);
        }
    }

    int workers() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    /// The delay after this many attempts.
    Duration delayAfter(int attempt) {
        Duration delay = firstDelay;
        for (int i = 1; i < attempt && delay.compareTo(maxDelay) < 0; i++) {
            delay = delay.multipliedBy(GROWTH);
        }
        return delay.compareTo(maxDelay) < 0 ? delay : maxDelay;
    }
}
