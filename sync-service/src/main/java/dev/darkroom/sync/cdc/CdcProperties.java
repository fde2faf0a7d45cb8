package dev.darkroom.sync.cdc;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How the change streams run.
///
/// @param password of the role `darkroom_cdc`
/// @param heartbeatInterval how often the heartbeat row is touched, so that the slot moves on while
///   the captured tables are quiet; at most 20 seconds, since PostgreSQL hears from us that often
/// @param standbyInterval how often an instance that does not lead tries to
/// @param minBackoff the first pause before a failed stream starts again; it doubles each time
/// @param maxBackoff the longest such pause
/// @param maxRecordSize of one change on Kafka; a larger row stops the stream until this and the
///   topic's `max.message.bytes` are raised
public record CdcProperties(
        @DefaultValue("") String password,
        @DefaultValue("5s") Duration heartbeatInterval,
        @DefaultValue("1s") Duration standbyInterval,
        @DefaultValue("500ms") Duration minBackoff,
        @DefaultValue("30s") Duration maxBackoff,
        @DefaultValue("16MB") DataSize maxRecordSize) {
    /// A third of PostgreSQL's default `wal_sender_timeout`.
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    public CdcProperties {
        requirePositive("heartbeat-interval", heartbeatInterval);
        if (heartbeatInterval.compareTo(LONGEST_SILENCE) > 0) {
            throw new IllegalArgumentException(
                    "darkroom.sync.cdc.heartbeat-interval must be at most 20s: "
                            + heartbeatInterval);
        }
        requirePositive("standby-interval", standbyInterval);
        requirePositive("min-backoff", minBackoff);
        if (maxBackoff.compareTo(minBackoff) < 0) {
            throw new IllegalArgumentException(
                    "darkroom.sync.cdc.max-backoff must be at least min-backoff: " + maxBackoff);
        }
        if (maxRecordSize.toBytes() < 1_048_576 || maxRecordSize.toBytes() > 1 << 30) {
            throw new IllegalArgumentException(
                    "darkroom.sync.cdc.max-record-size must be 1MB to 1GB: " + maxRecordSize);
        }
    }

    /// The settings nobody changed.
    public static CdcProperties defaults() {
        return new CdcProperties(
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                DataSize.ofMegabytes(16));
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "darkroom.sync.cdc." + name + " must be positive: " + value);
        }
    }
}
