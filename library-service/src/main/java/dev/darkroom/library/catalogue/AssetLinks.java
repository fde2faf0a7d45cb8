package dev.darkroom.library.catalogue;

/// Where to go from an asset.
record AssetLinks(String self, String original) {
    static AssetLinks of(AssetSummary asset) {
        String self = "/api/assets/" + asset.assetId();
        return new AssetLinks(self, self + "/original?v=" + asset.version());
    }
}
