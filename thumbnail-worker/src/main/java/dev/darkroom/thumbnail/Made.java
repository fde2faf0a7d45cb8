package dev.darkroom.thumbnail;

import dev.darkroom.schema.StorageUri;
import java.util.List;
import java.util.UUID;

/// Thumbnails of one version of one photo, stored.
///
/// @param thumbHash a blurred placeholder of about 25 bytes, in hexadecimal
record Made(UUID assetId, long version, List<Stored> thumbnails, String thumbHash) {
    Made {
        thumbnails = List.copyOf(thumbnails);
    }

    /// One of them.
    ///
    /// @param sha256 of the file, in hexadecimal
    record Stored(
            String size,
            StorageUri uri,
            String sha256,
            long fileSize,
            String mimeType,
            int width,
            int height) {}
}
