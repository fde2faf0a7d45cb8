package dev.darkroom.library.catalogue;

import java.util.List;

/// A thumbnail and where its bytes are.
///
/// @param size the profile's name
/// @param mimeType `image/jpeg`, or `image/webp` for the loop of a video
/// @param url may be kept for ever: it names the version
record ThumbnailLink(String size, String mimeType, int width, int height, String url) {
    static List<ThumbnailLink> of(AssetSummary asset, List<Thumbnail> thumbnails) {
        return thumbnails.stream().map(thumbnail -> of(asset, thumbnail)).toList();
    }

    private static ThumbnailLink of(AssetSummary asset, Thumbnail thumbnail) {
        return new ThumbnailLink(
                thumbnail.size(),
                thumbnail.mimeType(),
                thumbnail.width(),
                thumbnail.height(),
                "/api/assets/"
                        + asset.assetId()
                        + "/thumbnails/"
                        + thumbnail.size()
                        + "?v="
                        + thumbnail.version());
    }
}
