package dev.darkroom.library.catalogue;

import java.util.UUID;

/// How a client names an asset: by its id, or by the number of the reference systems (R1).
public sealed interface AssetRef {
    /// By its UUID.
    record ById(UUID assetId) implements AssetRef {
        @Override
        public String toString() {
            return assetId.toString();
        }
    }

    /// By its `asset_no`.
    record ByNumber(long assetNo) implements AssetRef {
        @Override
        public String toString() {
            return Long.toString(assetNo);
        }
    }

    /// Reads either form.
    ///
    /// @throws IllegalArgumentException when the text is neither
    static AssetRef parse(String text) {
        try {
            if (text.length() == 36) {
                return new ById(UUID.fromString(text));
            }
            return new ByNumber(Long.parseLong(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "an asset is named by its UUID or its number: " + text, e);
        }
    }
}
