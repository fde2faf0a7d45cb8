package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.sync.SyncProperties;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CdcPropertiesTest {
    @Test
    void bindsToItsDefaults() {
        assertThat(bind(Map.of()).cdc()).isEqualTo(CdcProperties.defaults());
    }

    @Test
    void refusesAnIntervalThatNeverPasses() {
        assertThatThrownBy(() -> bind(Map.of("darkroom.sync.cdc.heartbeat-interval", "0s")))
                .hasRootCauseMessage("darkroom.sync.cdc.heartbeat-interval must be positive: PT0S");
    }

    @Test
    void refusesRecordsThatKafkaCannotCarry() {
        assertThatThrownBy(() -> bind(Map.of("darkroom.sync.cdc.max-record-size", "2GB")))
                .rootCause()
                .hasMessageContaining("max-record-size must be 1MB to 1GB");
    }

    private static SyncProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("darkroom.sync", SyncProperties.class);
    }
}
