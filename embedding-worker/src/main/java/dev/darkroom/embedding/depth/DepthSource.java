package dev.darkroom.embedding.depth;

import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.StorageUri;
import java.util.UUID;

/// The version of an asset that a depth map is made from, and where its file is.
record DepthSource(UUID assetId, long version, StorageUri source, String fileName) {
    static DepthSource of(AssetCreated asset) {
        return new DepthSource(asset.assetId(), asset.version(), asset.source(), asset.fileName());
    }
}
