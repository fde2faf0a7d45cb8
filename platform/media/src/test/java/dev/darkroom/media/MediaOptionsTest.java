package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MediaOptionsTest {

    @Test
    void refusesLimitsThatCannotWork() {
        MediaOptions defaults = MediaOptions.defaults();

        assertThatThrownBy(() -> defaults.withProcesses(0))
                .hasMessage("processes must be at least 1: 0");
        assertThatThrownBy(() -> defaults.withDeadline(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> defaults.withMemory(512L << 20, 512L << 20))
                .hasMessageContaining("memoryLimitBytes");
    }

    @Test
    void allowsThePixelsOfA200MegapixelPhone() {
        assertThat(MediaOptions.defaults().maxPixels())
                .isEqualTo(268_402_689)
                .isGreaterThan(16_384 * 12_288);
    }
}
