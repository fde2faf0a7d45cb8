package dev.darkroom.library;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The settings of library-service.
///
/// @param thumbnailSizes the profiles by name with their pixels (R12), the same as
///   thumbnail-worker's; small, medium and large when nothing is said
/// @param retryAfter when a client that came too early for a thumbnail is told to come back
@Validated
@ConfigurationProperties(prefix = "darkroom.library", ignoreUnknownFields = false)
public record LibraryProperties(
        @DefaultValue Map<String, @Positive Integer> thumbnailSizes,
        @DefaultValue("2s") Duration retryAfter) {
    private static final Map<String, Integer> R12_SIZES =
            Map.of("small", 150, "medium", 300, "large", 1024);

    public LibraryProperties {
        thumbnailSizes = thumbnailSizes.isEmpty() ? R12_SIZES : Map.copyOf(thumbnailSizes);
        if (retryAfter.isNegative()) {
            throw new IllegalArgumentException("retryAfter must not be negative: " + retryAfter);
        }
    }
}
