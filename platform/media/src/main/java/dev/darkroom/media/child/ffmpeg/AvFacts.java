package dev.darkroom.media.child.ffmpeg;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a recording says about itself, as FFmpeg found it: texts are not cleaned yet.
///
/// @param durationSeconds null when nobody knows
/// @param bitsPerSecond of the whole file
/// @param video its picture track; a cover is none
/// @param audio its sound track
/// @param tags of the file and of its sound, names in lower case
/// @param hasArtwork whether it carries a cover
public record AvFacts(
        @Nullable Double durationSeconds,
        @Nullable Long bitsPerSecond,
        @Nullable Video video,
        @Nullable Audio audio,
        Map<String, String> tags,
        boolean hasArtwork) {
    public AvFacts {
        tags = Map.copyOf(tags);
    }

    /// A picture track.
    ///
    /// @param width as stored
    /// @param turnedRight degrees that a player turns it to the right: 0, 90, 180 or 270
    /// @param pixelAspect how much wider than high one pixel is shown
    public record Video(
            String codec,
            int width,
            int height,
            int turnedRight,
            double pixelAspect,
            @Nullable Double framesPerSecond) {}

    /// A sound track.
    public record Audio(String codec, int channels, int sampleRate, @Nullable Long bitsPerSecond) {}
}
