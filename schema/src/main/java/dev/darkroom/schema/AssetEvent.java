package dev.darkroom.schema;

import java.util.UUID;

/// A fact about one asset. Its key is the asset's id, so the order per asset holds.
public sealed interface AssetEvent extends Event
        permits AssetSubmitted,
                AssetCreated,
                AssetUpdated,
                AssetDeleted,
                AssetDuplicate,
                AssetReady,
                AssetStalled,
                ThumbnailRequested {

    /// The asset this event is about.
    UUID assetId();

    @Override
    default String subject() {
        return assetId().toString();
    }
}
