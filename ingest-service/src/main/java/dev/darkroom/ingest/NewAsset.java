package dev.darkroom.ingest;

import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.AssetType;
import java.time.Duration;
import java.util.UUID;

/// A submission whose bytes are stored and whose rows are about to be written.
record NewAsset(AssetSubmitted submission, Ingested.Stored stored, Duration took) {
    UUID id() {
        return submission.assetId();
    }

    AssetType type() {
        return switch (stored.facts().kind()) {
            case PHOTO -> AssetType.PHOTO;
            case VIDEO -> AssetType.VIDEO;
            case AUDIO -> AssetType.AUDIO;
        };
    }
}
