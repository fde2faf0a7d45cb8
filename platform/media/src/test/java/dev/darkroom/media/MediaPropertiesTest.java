package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MediaPropertiesTest {

    private static MediaProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("darkroom.media", MediaProperties.class);
    }

    @Test
    void nothingSetIsTheDefaults() {
        assertThat(bind(Map.of()).options(2)).isEqualTo(MediaOptions.defaults());
    }

    @Test
    void theSettingsThatMessagesNameRaiseTheirLimits() {
        MediaOptions options =
                bind(Map.of(
                                "darkroom.media.memory-limit", "2GB",
                                "darkroom.media.deadline", "2m",
                                "darkroom.media.max-cpu", "90s",
                                "darkroom.media.max-scans", "200",
                                "darkroom.media.max-metadata", "64MB"))
                        .options(1);

        assertThat(options.memoryLimitBytes()).isEqualTo(2L << 30);
        assertThat(options.deadline()).isEqualTo(Duration.ofMinutes(2));
        assertThat(options.limits().cpu()).isEqualTo(Duration.ofSeconds(90));
        assertThat(options.limits().scans()).isEqualTo(200);
        assertThat(options.limits().metadataBytes()).isEqualTo(64L << 20);
    }
}
