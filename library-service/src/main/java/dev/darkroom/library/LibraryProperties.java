package dev.darkroom.library;

import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The settings of library-service.
///
/// @param thumbnailSizes the profiles by name with their pixels (R12), the same as
///   thumbnail-worker's; small, medium, large and preview when nothing is said
/// @param thumbnailWait how long a request for a thumbnail that is made on demand waits for it,
///   before the client is told to come back
/// @param depthUrl embedding-worker, which makes depth maps where a model of the user's does
/// @param depthWait how long a request for a depth map waits for it to be made, before the client
///   is told to come back
/// @param retryAfter when a client that came too early for a thumbnail is told to come back
@Validated
@ConfigurationProperties(prefix = "darkroom.library", ignoreUnknownFields = false)
public record LibraryProperties(
        @DefaultValue Map<String, @Positive Integer> thumbnailSizes,
        @DefaultValue("3s") Duration thumbnailWait,
        @DefaultValue("http://127.0.0.1:7703") URI depthUrl,
        @DefaultValue("10s") Duration depthWait,
        @DefaultValue("2s") Duration retryAfter) {
    private static final Map<String, Integer> R12_SIZES =
            Map.of("small", 150, "medium", 300, "large", 1024, "preview", 1920);

    public LibraryProperties {
        thumbnailSizes = thumbnailSizes.isEmpty() ? R12_SIZES : Map.copyOf(thumbnailSizes);
        if (thumbnailWait.isNegative()) {
            throw new IllegalArgumentException(
                    "thumbnailWait must not be negative: " + thumbnailWait);
        }
        if (depthWait.isNegative() || depthWait.isZero()) {
            throw new IllegalArgumentException("depthWait must be positive: " + depthWait);
        }
        if (retryAfter.isNegative()) {
            throw new IllegalArgumentException("retryAfter must not be negative: " + retryAfter);
        }
    }
}
