package dev.darkroom.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeenChangesTest {
    private final SeenChanges seen = new SeenChanges();

    @Test
    void takesEachChangeOnce() {
        assertThat(seen.isNew("assets", "{\"id\":1}", 5)).isTrue();
        assertThat(seen.isNew("assets", "{\"id\":1}", 5)).isFalse();
        assertThat(seen.isNew("assets", "{\"id\":1}", 6)).isTrue();
        assertThat(seen.isNew("assets", "{\"id\":2}", 5)).isTrue();
        assertThat(seen.isNew("thumbnails", "{\"id\":1}", 5)).isTrue();
        assertThat(seen.duplicates()).isEqualTo(1);
    }

    @Test
    void mistakesNoNewChangeForAnOldOne() {
        for (int i = 0; i < 1_000_000; i++) {
            // Many rows share an LSN, and many LSNs share a row.
            assertThat(seen.isNew("assets", "{\"id\":" + i % 1_000 + "}", 8L * (i / 1_000)))
                    .isTrue();
        }
    }

    @Test
    void remembersTheLast65536() {
        for (int i = 0; i < 200_000; i++) {
            seen.isNew("assets", "k" + i, i);
        }
        for (int i = 200_000 - 65_536; i < 200_000; i++) {
            assertThat(seen.isNew("assets", "k" + i, i)).as("change %d", i).isFalse();
        }
    }
}
