package dev.darkroom.ingest.upload;

import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.BlobStore;
import java.util.UUID;

/// Where uploads wait for ingest: the store of one repository, below `uploads/`.
///
/// @param repositoryId the repository that the store belongs to, named in the source URI
public record UploadPlace(BlobStore store, UUID repositoryId) {
    /// Where the bytes of an upload are kept until they are ingested.
    public static BlobKey keyOf(UUID assetId) {
        return BlobKey.of("uploads", assetId.toString());
    }

    StorageUri uriOf(UUID assetId) {
        return StorageUri.ofBlob(repositoryId, keyOf(assetId).value());
    }
}
