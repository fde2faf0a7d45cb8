package dev.darkroom.ingest.watched;

import dev.darkroom.schema.AssetType;
import dev.darkroom.schema.Sha256;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An asset, as far as it matters for the file it was made of.
///
/// @param fileId the file that it is the asset of
/// @param deletedBy who put it in the trash; null while it is not there. What lies there without a
///   name counts as the user's
record WatchedAsset(
        UUID id,
        UUID repositoryId,
        long version,
        AssetType type,
        Sha256 sha256,
        String storagePath,
        String fileName,
        @Nullable Long fileId,
        @Nullable String deletedBy) {
    boolean isLive() {
        return deletedBy == null;
    }

    boolean isTrashedBySync() {
        return "sync".equals(deletedBy);
    }
}
