package dev.darkroom.library.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/// Where to go from an asset.
///
/// @param motion the video of a photo that moves; only told with the whole record
@JsonInclude(Include.NON_NULL)
record AssetLinks(String self, String original, @Nullable String motion) {
    static AssetLinks of(AssetSummary asset) {
        String self = "/api/assets/" + asset.assetId();
        return new AssetLinks(self, self + "/original?v=" + asset.version(), null);
    }

    static AssetLinks of(AssetSummary asset, AssetDetails details) {
        AssetLinks links = of(asset);
        boolean moves = details.liveVideoId() != null || details.motionLength() != null;
        return moves
                ? new AssetLinks(links.self(), links.original(), links.self() + "/motion")
                : links;
    }
}
