package dev.darkroom.library.catalogue;

import dev.darkroom.library.people.Face;
import java.util.List;

/// Everything the library knows about one asset.
public record FoundAsset(
        AssetSummary summary,
        AssetDetails details,
        List<Thumbnail> thumbnails,
        List<Face> people,
        List<AssetFile> files,
        List<AssetTask> tasks,
        List<SpeciesGuess> species,
        List<DepthMap> depthMaps) {
    public FoundAsset {
        thumbnails = List.copyOf(thumbnails);
        people = List.copyOf(people);
        files = List.copyOf(files);
        tasks = List.copyOf(tasks);
        species = List.copyOf(species);
        depthMaps = List.copyOf(depthMaps);
    }
}
