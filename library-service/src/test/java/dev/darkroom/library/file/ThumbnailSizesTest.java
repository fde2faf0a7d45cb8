package dev.darkroom.library.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ThumbnailSizesTest {
    private final ThumbnailSizes sizes =
            new ThumbnailSizes(Map.of("large", 1024, "small", 150, "medium", 300));

    @Test
    void knowsASizeByItsNameAndByItsPixels() {
        assertThat(sizes.named("medium")).contains("medium");
        assertThat(sizes.named("300")).contains("medium");
        assertThat(sizes.named("loop")).contains("loop");
    }

    @Test
    void doesNotKnowOtherSizes() {
        assertThat(sizes.named("301")).isEmpty();
        assertThat(sizes.named("0300")).isEmpty();
        assertThat(sizes.named("Medium")).isEmpty();
    }

    @Test
    void listsItselfFromTheSmallestOn() {
        assertThat(sizes).hasToString("small (150), medium (300), large (1024), loop (of videos)");
    }
}
