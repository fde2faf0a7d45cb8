package dev.darkroom.thumbnail;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which thumbnails are made, and how.
///
/// @param sizes the profiles (R12): name, and the longest edge in pixels; small=150, medium=300,
///   large=1024 when none are given
/// @param loopEdge the longest edge of the animated loop of a video, in pixels; 0 makes none
/// @param quality JPEG quality, 1 to 100
/// @param mediaProcesses child processes that decode; 0 is one per processor
/// @param batchSize the most assets that are written together
@ConfigurationProperties(prefix = "darkroom.thumbnail", ignoreUnknownFields = false)
public record ThumbnailProperties(
        @DefaultValue Map<String, Integer> sizes,
        @DefaultValue("320") int loopEdge,
        @DefaultValue("80") int quality,
        @DefaultValue("0") int mediaProcesses,
        @DefaultValue("24") int batchSize) {
    private static final Map<String, Integer> DEFAULT_SIZES =
            Map.of("small", 150, "medium", 300, "large", 1_024);

    public ThumbnailProperties {
        sizes = sizes.isEmpty() ? DEFAULT_SIZES : Map.copyOf(new LinkedHashMap<>(sizes));
        if (sizes.containsKey(MakeThumbnails.LOOP)) {
            throw new IllegalArgumentException(
                    "darkroom.thumbnail.sizes must not name a size loop: videos have one, see loop-edge");
        }
        if (loopEdge < 0 || loopEdge > 2_048) {
            throw new IllegalArgumentException(
                    "darkroom.thumbnail.loop-edge must be 0 to 2048: " + loopEdge);
        }
        if (mediaProcesses < 0) {
            throw new IllegalArgumentException(
                    "darkroom.thumbnail.media-processes must not be negative: " + mediaProcesses);
        }
    }

    int processes() {
        return mediaProcesses > 0 ? mediaProcesses : Runtime.getRuntime().availableProcessors();
    }
}
