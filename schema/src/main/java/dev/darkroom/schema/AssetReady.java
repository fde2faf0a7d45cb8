package dev.darkroom.schema;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// All required tasks of an asset are done.
///
/// Written by ingest-service through the outbox. Read by uploaders.
///
/// @param version the asset's version that is ready
/// @param tasks the required tasks, in the order of their names
public record AssetReady(UUID assetId, long version, List<String> tasks, Instant readyAt)
        implements AssetEvent {
    public AssetReady {
        Require.present(assetId, "assetId");
        Require.version(version);
        tasks = List.copyOf(Require.present(tasks, "tasks"));
        Require.present(readyAt, "readyAt");
    }
}
