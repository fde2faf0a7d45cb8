package dev.darkroom.ingest.asset;

import dev.darkroom.media.MediaFacts;
import dev.darkroom.schema.AssetType;
import dev.darkroom.schema.Sha256;
import org.jspecify.annotations.Nullable;

/// The bytes of an original, and what they are.
///
/// @param facts absent for a file that nobody can read ([AssetType#UNKNOWN])
public record Content(
        AssetType type, String mimeType, long size, Sha256 sha256, @Nullable MediaFacts facts) {
    /// A photo, a video or an audio track.
    public static Content of(MediaFacts facts, long size, Sha256 sha256) {
        AssetType type =
                switch (facts.kind()) {
                    case PHOTO -> AssetType.PHOTO;
                    case VIDEO -> AssetType.VIDEO;
                    case AUDIO -> AssetType.AUDIO;
                };
        return new Content(type, facts.mimeType(), size, sha256, facts);
    }

    /// A file that is called like a photo, a video or an audio track, and cannot be read as one
    /// (R3).
    public static Content unknown(long size, Sha256 sha256) {
        return new Content(AssetType.UNKNOWN, "application/octet-stream", size, sha256, null);
    }

    @Nullable Integer width() {
        return facts == null ? null : facts.width();
    }

    @Nullable Integer height() {
        return facts == null ? null : facts.height();
    }
}
