package dev.darkroom.schema;

import java.time.Instant;
import java.util.UUID;

/// A required task of an asset gave up, so the asset does not get ready until someone redrives it.
///
/// Written by ingest-service through the outbox. Read by uploaders.
///
/// @param task the task that gave up
/// @param reason what a person needs to know
public record AssetStalled(
        UUID assetId, long version, String task, String reason, Instant stalledAt)
        implements AssetEvent {
    public AssetStalled {
        Require.present(assetId, "assetId");
        Require.version(version);
        Require.present(task, "task");
        Require.present(reason, "reason");
        Require.present(stalledAt, "stalledAt");
    }
}
