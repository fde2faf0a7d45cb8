package dev.darkroom.embedding;

import dev.darkroom.inference.Dtype;
import dev.darkroom.inference.ModelSource;
import dev.darkroom.inference.depth.DepthFormat;
import dev.darkroom.inference.depth.DepthOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

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
/// @param species what is kept of what a model says about species
/// @param depth which depth maps are made, and how much room they may take
@ConfigurationProperties(prefix = "darkroom.embedding", ignoreUnknownFields = false)
public record EmbeddingProperties(
        @DefaultValue("0") int mediaProcesses,
        @DefaultValue("32") int batchSize,
        @DefaultValue("true") boolean takeOver,
        @DefaultValue("0.99") double takeOverAt,
        @DefaultValue("models") Path modelFolder,
        @DefaultValue("1m") Duration modelDeadline,
        @DefaultValue("10s") Duration lookAgain,
        @DefaultValue Configured models,
        @DefaultValue Species species,
        @DefaultValue Depth depth) {
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

    /// What is kept of what a model says about species.
    ///
    /// @param top how many guesses, best first
    public record Species(@DefaultValue("3") int top) {
        public Species {
            if (top < 1 || top > 100) {
                throw new IllegalArgumentException(
                        "darkroom.embedding.species.top must be 1 to 100: " + top);
            }
        }
    }

    /// Which depth maps are made, and how much room they may take.
    ///
    /// @param formats what is made of every photo; the others are made when somebody asks
    /// @param size the shorter edge that the model sees; what its configuration says when absent
    /// @param longest the longer edge that the model sees, and that a map has, at most
    /// @param maxBytes of all maps together; beyond that those longest unread go
    /// @param lookEvery how often that is looked at
    public record Depth(
            @DefaultValue("png") List<DepthFormat> formats,
            @Nullable Integer size,
            @DefaultValue("1036") int longest,
            @DefaultValue("10GB") DataSize maxBytes,
            @DefaultValue("10s") Duration lookEvery) {
        public Depth {
            formats = List.copyOf(new LinkedHashSet<>(formats));
            if (formats.isEmpty()) {
                throw new IllegalArgumentException(
                        "darkroom.embedding.depth.formats must name at least one of png, npy, raw, exr");
            }
            if (maxBytes.toBytes() < 1) {
                throw new IllegalArgumentException(
                        "darkroom.embedding.depth.max-bytes must be positive: " + maxBytes);
            }
            positive("depth.look-every", lookEvery);
        }

        public DepthOptions options() {
            return new DepthOptions(
                    size == null ? OptionalInt.empty() : OptionalInt.of(size), longest);
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
