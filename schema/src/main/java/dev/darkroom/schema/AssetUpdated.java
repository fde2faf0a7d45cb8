package dev.darkroom.schema;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Something about an asset is different, but not its content: its file moved, its sidecar said
/// something else, it came out of the trash.
///
/// Written by ingest-service and library-service through the outbox. Read by anyone.
///
/// @param version the asset's version, which stays
/// @param changed the columns of `assets` that are different now, and `sidecar` when its XMP file
///   came, changed or went; in the order of their names
public record AssetUpdated(UUID assetId, long version, List<String> changed, Instant updatedAt)
        implements AssetEvent {
    public AssetUpdated {
        Require.present(assetId, "assetId");
        Require.version(version);
        changed = List.copyOf(Require.present(changed, "changed"));
        Require.present(updatedAt, "updatedAt");
    }
}
