package dev.darkroom.sync.cdc.repair;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the tables are compared with their topics.
///
/// @param enabled whether they are at all
/// @param cpuShare how much of one processor it takes at the most, 0.001 to 1; a restored stream is
///   compared as fast as it goes
/// @param chunkRows how many rows are read at a time
/// @param pause between two rounds through all tables
public record ReconcilerProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("0.02") double cpuShare,
        @DefaultValue("1000") int chunkRows,
        @DefaultValue("60s") Duration pause) {
    public ReconcilerProperties {
        if (!(cpuShare >= 0.001 && cpuShare <= 1)) {
            throw new IllegalArgumentException(
                    "darkroom.sync.reconciler.cpu-share must be 0.001 to 1: " + cpuShare);
        }
        if (chunkRows < 1 || chunkRows > 10_000) {
            throw new IllegalArgumentException(
                    "darkroom.sync.reconciler.chunk-rows must be 1 to 10000: " + chunkRows);
        }
        if (pause.isNegative()) {
            throw new IllegalArgumentException(
                    "darkroom.sync.reconciler.pause must not be negative: " + pause);
        }
    }

    /// The settings nobody changed.
    public static ReconcilerProperties defaults() {
        return new ReconcilerProperties(true, 0.02, 1_000, Duration.ofSeconds(60));
    }
}
