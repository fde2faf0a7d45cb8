package dev.darkroom.schema;

import java.util.UUID;
import java.util.regex.Pattern;

/// Somebody wants a thumbnail that nobody has made: one in a profile that is only made when it is
/// asked for, or that is newer than the asset.
///
/// Written by library-service through the outbox, where the same request twice is one. Read by
/// thumbnail-worker.
///
/// @param version the asset's version that it shall show
/// @param size the profile's name
/// @param source the stored original, always a `repo:` URI
public record ThumbnailRequested(
        UUID assetId, long version, String size, StorageUri source, String fileName)
        implements AssetEvent {
    private static final Pattern SIZE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public ThumbnailRequested {
        Require.present(assetId, "assetId");
        Require.version(version);
        if (!SIZE.matcher(Require.present(size, "size")).matches()) {
            throw new IllegalArgumentException("size must be the name of a profile: " + size);
        }
        Require.present(source, "source");
        Require.fileName(fileName);
    }
}
