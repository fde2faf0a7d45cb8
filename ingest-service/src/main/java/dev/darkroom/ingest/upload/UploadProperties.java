package dev.darkroom.ingest.upload;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// How files are taken over HTTP.
///
/// @param folder where uploads under way are kept; on the disk of the store that they go to, they
///   are handed over without being copied. One process has it for itself
/// @param maxSize the longest file
/// @param lifetime how long a resumable upload waits for its client, counted from the last byte
/// @param acknowledgement how long Kafka may take before an upload is answered with 503
/// @param tidyEvery how often abandoned uploads are removed, and complete ones that Kafka did not
///   take are offered again
@Validated
@ConfigurationProperties(prefix = "darkroom.upload", ignoreUnknownFields = false)
public record UploadProperties(
        @NotNull @DefaultValue("data/uploads") Path folder,
        @NotNull @DefaultValue("10GB") DataSize maxSize,
        @NotNull @DefaultValue("1d") Duration lifetime,
        @NotNull @DefaultValue("40s") Duration acknowledgement,
        @NotNull @DefaultValue("1m") Duration tidyEvery) {
    public UploadProperties {
        requirePositive("max-size", maxSize.toBytes());
        requirePositive("lifetime", lifetime.toMillis());
        requirePositive("acknowledgement", acknowledgement.toMillis());
        requirePositive("tidy-every", tidyEvery.toMillis());
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "darkroom.upload." + name + " must be positive: " + value);
        }
    }
}
