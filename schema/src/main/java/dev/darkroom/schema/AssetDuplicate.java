package dev.darkroom.schema;

import java.time.Instant;
import java.util.UUID;

/// A submission holds the same bytes as an asset that is in the library already (R11); nothing was
/// added.
///
/// Written by ingest-service through the outbox. Read by uploaders.
///
/// @param assetId the id that the uploader sent
/// @param duplicateOf the asset that has these bytes
/// @param submittedAt when the uploader sent it; a submission that comes again tells the same fact
public record AssetDuplicate(UUID assetId, UUID duplicateOf, Sha256 sha256, Instant submittedAt)
        implements AssetEvent {
    public AssetDuplicate {
        Require.present(assetId, "assetId");
        Require.present(duplicateOf, "duplicateOf");
        Require.present(sha256, "sha256");
        Require.present(submittedAt, "submittedAt");
    }
}
