package dev.darkroom.library.file;

import dev.darkroom.schema.StorageUri;

/// A file as the tables know it: where its bytes are and what they must be.
///
/// @param version the version of the asset it belongs to
record StoredFile(StorageUri storage, String contentHash, String mimeType, long version) {}
