package dev.darkroom.thumbnail;

import dev.darkroom.schema.StorageUri;
import java.util.List;

/// The thumbnails of one photo, video or sound, stored.
///
/// @param thumbHash a blurred placeholder of about 25 bytes, in hexadecimal
record Made(List<Stored> thumbnails, String thumbHash) {
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
