package dev.darkroom.schema;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An asset is in the library: its row is committed and its original is stored.
///
/// Written by ingest-service through the outbox. Read by every worker.
///
/// @param version grows with each new content of the asset; a worker's result for an older one
///   never replaces a newer
/// @param source the stored original, always a `repo:` URI
/// @param width pixels as stored, absent when the file does not tell
/// @param height pixels as stored, absent when the file does not tell
public record AssetCreated(
        UUID assetId,
        long version,
        AssetType assetType,
        String mimeType,
        StorageUri source,
        String fileName,
        long size,
        Sha256 sha256,
        @Nullable Integer width,
        @Nullable Integer height,
        UUID repositoryId,
        @Nullable UUID ownerId,
        int priority,
        Instant createdAt)
        implements AssetEvent {
    public AssetCreated {
        Require.present(assetId, "assetId");
        Require.version(version);
        Require.present(assetType, "assetType");
        Require.present(mimeType, "mimeType");
        Require.present(source, "source");
        Require.fileName(fileName);
        Require.size(size);
        Require.present(sha256, "sha256");
        Require.present(repositoryId, "repositoryId");
        Require.present(createdAt, "createdAt");
        Lane.of(priority);
    }
}
