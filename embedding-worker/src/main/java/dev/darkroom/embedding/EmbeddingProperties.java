package dev.darkroom.embedding;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How pictures are looked at, and when a new space takes over.
///
/// @param mediaProcesses child processes that decode; 0 is one per processor
/// @param batchSize the most pictures that are written together
/// @param takeOver whether a new space takes over from the old one by itself; otherwise `darkroom
///   spaces activate` does it
/// @param takeOverAt the share of the photos that must be in a new space by then, 0 to 1
/// @param modelFolder where downloaded models and native libraries are kept
/// @param models the user's models; none by default
@ConfigurationProperties(prefix = "darkroom.embedding", ignoreUnknownFields = false)
public record EmbeddingProperties(
        @DefaultValue("0") int mediaProcesses,
        @DefaultValue("32") int batchSize,
        @DefaultValue("true") boolean takeOver,
        @DefaultValue("0.99") double takeOverAt,
        @DefaultValue("models") Path modelFolder,
        @DefaultValue Configured models) {
    /// The models by what they are for.
    ///
    /// @param clip pictures, and words, into one space
    public record Configured(@Nullable Source clip) {}

    /// Where a model is.
    ///
    /// @param location a folder, or a `file:` or `https:` address of one or of an archive
    /// @param sha256 what it must hash to; not checked when absent
    public record Source(String location, @Nullable String sha256) {}

    public EmbeddingProperties {
        if (mediaProcesses < 0) {
            throw new IllegalArgumentException(
                    "darkroom.embedding.media-processes must not be negative: " + mediaProcesses);
        }
        if (!(takeOverAt >= 0 && takeOverAt <= 1)) {
            throw new IllegalArgumentException(
                    "darkroom.embedding.take-over-at must be 0 to 1: " + takeOverAt);
        }
    }

    int processes() {
        return mediaProcesses > 0 ? mediaProcesses : Runtime.getRuntime().availableProcessors();
    }
}
