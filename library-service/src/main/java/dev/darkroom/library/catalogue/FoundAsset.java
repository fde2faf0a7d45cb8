package dev.darkroom.library.catalogue;

import java.util.List;

/// Everything the library knows about one asset.
public record FoundAsset(
        AssetSummary summary,
        AssetDetails details,
        List<Thumbnail> thumbnails,
        List<AssetFile> files,
        List<AssetTask> tasks) {
    public FoundAsset {
        thumbnails = List.copyOf(thumbnails);
        files = List.copyOf(files);
        tasks = List.copyOf(tasks);
    }
}
