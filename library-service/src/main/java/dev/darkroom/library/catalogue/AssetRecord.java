package dev.darkroom.library.catalogue;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/// One asset with all that belongs to it, as JSON.
record AssetRecord(
        @JsonUnwrapped AssetSummary asset,
        @JsonUnwrapped AssetDetails details,
        List<ThumbnailLink> thumbnails,
        List<AssetFile> files,
        List<AssetTask> tasks,
        List<SpeciesGuess> species,
        List<DepthMap> depthMaps,
        AssetLinks links) {
    static AssetRecord of(FoundAsset found) {
        return new AssetRecord(
                found.summary(),
                found.details(),
                ThumbnailLink.of(found.summary(), found.thumbnails()),
                found.files(),
                found.tasks(),
                found.species(),
                found.depthMaps(),
                AssetLinks.of(found.summary(), found.details()));
    }
}
