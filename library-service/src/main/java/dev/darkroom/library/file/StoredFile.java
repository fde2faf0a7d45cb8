package dev.darkroom.library.file;

import dev.darkroom.schema.StorageUri;
import org.jspecify.annotations.Nullable;

/// A file as the tables know it: where its bytes are and what they must be.
///
/// @param version the version of the asset it belongs to
/// @param part where in those bytes it lies, when it is not all of them
public record StoredFile(
        StorageUri storage,
        String contentHash,
        String mimeType,
        long version,
        @Nullable Part part) {

    /// All of a file.
    public StoredFile(StorageUri storage, String contentHash, String mimeType, long version) {
        this(storage, contentHash, mimeType, version, null);
    }

    /// A piece of a file.
    public record Part(long offset, long length) {}
}
