package dev.darkroom.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.media.Fit;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderSize;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Profiles as an operator writes them.
class ThumbnailPropertiesTest {

    private static ThumbnailProperties bind(Map<String, String> settings) {
        Map<String, String> prefixed = new HashMap<>();
        settings.forEach((name, value) -> prefixed.put("darkroom.thumbnail." + name, value));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate("darkroom.thumbnail", ThumbnailProperties.class);
    }

    @Test
    void threeAreMadeForEveryPhotoAndTheFourthWhenItIsAskedFor() {
        ThumbnailProperties properties = bind(Map.of());

        assertThat(properties.always().sizes())
                .containsExactlyInAnyOrder(
                        new RenderSize("small", 150),
                        new RenderSize("medium", 300),
                        new RenderSize("large", 1_024));
        assertThat(properties.only("preview").orElseThrow().sizes())
                .containsExactly(new RenderSize("preview", 1_920));
        assertThat(properties.only("huge")).isEmpty();
    }

    @Test
    void aProfileSaysPixelsFitFormatAndQuality() {
        ThumbnailProperties properties =
                bind(
                        Map.of(
                                "quality", "70",
                                "profiles.grid.pixels", "320",
                                "profiles.grid.fit", "cover",
                                "profiles.grid.format", "webp",
                                "profiles.grid.quality", "60",
                                "profiles.poster.pixels", "2560",
                                "profiles.poster.on-demand", "true"));

        assertThat(properties.always().sizes())
                .containsExactly(new RenderSize("grid", 320, Fit.COVER, PictureFormat.WEBP, 60));
        assertThat(properties.only("poster").orElseThrow().jpegQuality()).isEqualTo(70);
    }

    @ParameterizedTest
    @CsvSource({
        "profiles.[Grid Two].pixels, 300, a name has 1 to 32 of a-z",
        "profiles.grid.pixels, 9000, darkroom.thumbnail.profiles.grid: maxEdge must be 1 to 8192:"
                + " 9000",
        "media-processes, -1, must not be negative: -1"
    })
    void saysWhatIsWrongWithASetting(String name, String value, String reason) {
        assertThatThrownBy(() -> bind(Map.of(name, value)))
                .isInstanceOf(BindException.class)
                .hasStackTraceContaining(reason);
    }

    @Test
    void somethingIsMadeForEveryPhoto() {
        Map<String, String> settings =
                Map.of("profiles.a.pixels", "10", "profiles.a.on-demand", "true");

        assertThatThrownBy(() -> bind(settings))
                .rootCause()
                .hasMessageContaining("at least one must be made for every photo");
    }
}
