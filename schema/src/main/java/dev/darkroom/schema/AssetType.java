package dev.darkroom.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What kind of file an asset is (R3). `image` is read as [#PHOTO].
public enum AssetType {
    PHOTO,
    VIDEO,
    AUDIO,
    UNKNOWN;

    /// The name in JSON and in the database.
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static AssetType ofWireName(String name) {
        return switch (name) {
            case "photo", "image" -> PHOTO;
            case "video" -> VIDEO;
            case "audio" -> AUDIO;
            case "unknown" -> UNKNOWN;
            default ->
                    throw new IllegalArgumentException(
                            "an asset is a photo, video, audio or unknown: " + name);
        };
    }
}
