package dev.darkroom.schema;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// An asset is in the trash, or gone from there for good.
///
/// Written by ingest-service and library-service through the outbox. Read by anyone.
///
/// @param version the asset's version when it went
/// @param deletedBy `user`, or `sync` when its file vanished
/// @param purged false for the trash; true when its rows were removed, and cannot come back
public record AssetDeleted(
        UUID assetId, long version, String deletedBy, Boolean purged, Instant deletedAt)
        implements AssetEvent {
    private static final Set<String> WHO = Set.of("user", "sync");

    public AssetDeleted {
        Require.present(assetId, "assetId");
        Require.version(version);
        if (!WHO.contains(Require.present(deletedBy, "deletedBy"))) {
            throw new IllegalArgumentException("deletedBy is user or sync: " + deletedBy);
        }
        Require.present(purged, "purged");
        Require.present(deletedAt, "deletedAt");
    }
}
