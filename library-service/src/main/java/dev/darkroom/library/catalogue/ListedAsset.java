package dev.darkroom.library.catalogue;

import dev.darkroom.library.page.Position;
import java.util.List;

/// An asset in a list, with the thumbnails it has, smallest first.
public record ListedAsset(AssetSummary summary, List<Thumbnail> thumbnails) {
    public ListedAsset {
        thumbnails = List.copyOf(thumbnails);
    }

    Position position() {
        return new Position(summary.sortTime(), summary.assetId());
    }
}
