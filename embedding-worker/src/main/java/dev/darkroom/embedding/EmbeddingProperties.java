package dev.darkroom.embedding;

import dev.darkroom.inference.Dtype;
import dev.darkroom.inference.ModelSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
/// @param modelDeadline how long a model may think about one picture
/// @param lookAgain how often a model that cannot be used is looked at again
/// @param models the user's models; none by default
@ConfigurationProperties(prefix = "darkroom.embedding", ignoreUnknownFields = false)
public record EmbeddingProperties(
        @DefaultValue("0") int mediaProcesses,
        @DefaultValue("32") int batchSize,
        @DefaultValue("true") boolean takeOver,
        @DefaultValue("0.99") double takeOverAt,
        @DefaultValue("models") Path modelFolder,
        @DefaultValue("1m") Duration modelDeadline,
        @DefaultValue("10s") Duration lookAgain,
        @DefaultValue Configured models) {
    /// The models by what they are for.
    ///
    /// @param clip pictures, and words, into one space
    /// @param species what animal or plant is in a picture
    /// @param faces where faces are, and whose they may be
    /// @param depth how near everything is
    public record Configured(
            @Nullable Source clip,
            @Nullable Source species,
            @Nullable Source faces,
            @Nullable Source depth) {}

    /// Where a model is.
    ///
    /// @param location a folder, or a `file:` or `https:` address of one or of an archive
    /// @param sha256 what it must hash to; not checked when absent
    /// @param dtype which of several files of one model: auto, fp32, fp16, int8, uint8, q4, q4f16,
    ///   bnb4
    public record Source(
            String location, @Nullable String sha256, @DefaultValue("auto") Dtype dtype) {
        public ModelSource toSource() {
            return new ModelSource(location, Optional.ofNullable(sha256), dtype);
        }

        /// Whether it may have to be fetched first.
        public boolean isRemote() {
            return location.matches("(?i)\\s*https?:.*");
        }
    }

    public EmbeddingProperties {
        if (mediaProcesses < 0) {
            throw new IllegalArgumentException(
                    "darkroom.embedding.media-processes must not be negative: " + mediaProcesses);
        }
        if (!(takeOverAt >= 0 && takeOverAt <= 1)) {
            throw new IllegalArgumentException(
                    "darkroom.embedding.take-over-at must be 0 to 1: " + takeOverAt);
        }
        positive("model-deadline", modelDeadline);
        positive("look-again", lookAgain);
    }

    int processes() {
        return mediaProcesses > 0 ? mediaProcesses : Runtime.getRuntime().availableProcessors();
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "darkroom.embedding.%s must be positive: %s".formatted(name, value));
        }
    }
}
