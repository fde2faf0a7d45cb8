package dev.darkroom.library.catalogue;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/// An asset in a list, as JSON.
///
/// @param thumbnails those that are made, smallest first
public record AssetItem(
        @JsonUnwrapped AssetSummary asset, List<ThumbnailLink> thumbnails, AssetLinks links) {
    /// As it is in the database.
    public static AssetItem of(ListedAsset listed) {
        return new AssetItem(
                listed.summary(),
                ThumbnailLink.of(listed.summary(), listed.thumbnails()),
                AssetLinks.of(listed.summary()));
    }
}
