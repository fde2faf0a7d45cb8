package dev.darkroom.library.catalogue;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.darkroom.library.people.Face;
import java.util.List;

/// One asset with all that belongs to it, as JSON.
///
/// @param people the faces in it: of those with a name first, of nobody known too
record AssetRecord(
        @JsonUnwrapped AssetSummary asset,
        @JsonUnwrapped AssetDetails details,
        List<ThumbnailLink> thumbnails,
        List<Face> people,
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
                found.people(),
                found.files(),
                found.tasks(),
                found.species(),
                found.depthMaps(),
                AssetLinks.of(found.summary(), found.details()));
    }
}
