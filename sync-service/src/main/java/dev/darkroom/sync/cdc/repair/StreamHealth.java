package dev.darkroom.sync.cdc.repair;

import dev.darkroom.sync.cdc.repair.SlotStatus.Alarm;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/// The change streams among the service's health: down when changes are lost, degraded when they
/// may be lost soon or a table differs from its topic.
public final class StreamHealth implements HealthIndicator {
    private static final Status DEGRADED = new Status("DEGRADED");

    private final StreamOperations operations;

    public StreamHealth(StreamOperations operations) {
        this.operations = operations;
    }

    @Override
    public Health health() {
        StreamStatus status = operations.status();
        SlotStatus slot = status.slot();
        Health.Builder health =
                Health.status(status(status))
                        .withDetail("role", status.role())
                        .withDetail("detail", status.detail())
                        .withDetail("differing", status.reconciler().differing());
        if (slot != null) {
            health.withDetail("alarm", slot.alarm())
                    .withDetail("walStatus", slot.walStatus())
                    .withDetail("retainedBytes", slot.retainedBytes())
                    .withDetail("lagBytes", slot.lagBytes());
        }
        return health.build();
    }

    private static Status status(StreamStatus status) {
        if (status.role().equals("stopped") || status.alarm() == Alarm.LOST) {
            return Status.DOWN;
        }
        boolean well =
                status.slot() != null
                        && status.alarm() == Alarm.NONE
                        && status.reconciler().differing() == 0;
        return well ? Status.UP : DEGRADED;
    }
}
