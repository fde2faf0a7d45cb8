package dev.darkroom.media;

import org.jspecify.annotations.Nullable;

/// How a photo that moves is put together, as far as one of its files knows.
///
/// @param contentIdentifier the name that a photo and the video taken with it share
/// @param videoOffset where in a motion photo its video begins; null when it holds none
/// @param videoLength bytes of that video
public record LiveFacts(
        @Nullable String contentIdentifier,
        @Nullable Long videoOffset,
        @Nullable Long videoLength) {

    /// Of a file that has no part in any.
    public static final LiveFacts NONE = new LiveFacts(null, null, null);

    public LiveFacts {
        if ((videoOffset == null) != (videoLength == null)) {
            throw new IllegalArgumentException(
                    "a video has both an offset and a length: " + videoOffset + ", " + videoLength);
        }
        if (videoOffset != null
                && videoLength != null
                && (videoOffset < 0
                        || videoLength < 1
                        || videoOffset > Long.MAX_VALUE - videoLength)) {
            throw new IllegalArgumentException(
                    "no video can lie at " + videoOffset + " with " + videoLength + " bytes");
        }
    }
}
