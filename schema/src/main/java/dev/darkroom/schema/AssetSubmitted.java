package dev.darkroom.schema;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Someone wants a file in the library.
///
/// Written by uploaders (any Kafka client), ingest-service's HTTP doors, `darkroom import`. Read by
/// ingest-service.
///
/// @param assetId the id that the asset will have, made by the uploader (UUIDv7); sending the same
///   id again is safe
/// @param source where the bytes are; a `file:` path must lie inside a folder that ingest-service
///   is allowed to read
/// @param fileName the name the file has for its owner
/// @param size bytes, checked against what is found
/// @param sha256 checked against what is found, when given
/// @param repositoryId where the original goes; the default repository when absent
/// @param ownerId whose it is
/// @param priority 1 (highest) to 10; decides the lane of all that follows
/// @param submittedAt when the uploader sent it
public record AssetSubmitted(
        UUID assetId,
        StorageUri source,
        String fileName,
        long size,
        @Nullable Sha256 sha256,
        @Nullable UUID repositoryId,
        @Nullable UUID ownerId,
        int priority,
        Instant submittedAt)
        implements AssetEvent {
    public AssetSubmitted {
        Require.present(assetId, "assetId");
        Require.present(source, "source");
        Require.present(submittedAt, "submittedAt");
        Require.fileName(fileName);
        Require.size(size);
        Lane.of(priority);
    }
}
