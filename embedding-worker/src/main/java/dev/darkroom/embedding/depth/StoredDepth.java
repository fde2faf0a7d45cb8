package dev.darkroom.embedding.depth;

import dev.darkroom.inference.depth.DepthFormat;
import dev.darkroom.schema.StorageUri;
import java.util.UUID;

/// A depth map that is in the store, and what its row says about it.
///
/// @param sha256 of its bytes, 64 lower-case hexadecimal digits
/// @param parameters JSON: what a reader must know to get the numbers back
record StoredDepth(
        UUID assetId,
        long version,
        String modelId,
        DepthFormat format,
        StorageUri uri,
        String sha256,
        long fileSize,
        int width,
        int height,
        String parameters) {}
