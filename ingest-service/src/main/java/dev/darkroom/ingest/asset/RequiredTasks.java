package dev.darkroom.ingest.asset;

import dev.darkroom.schema.AssetType;
import java.util.List;

/// The tasks that an asset is not ready without, by its type and beside `ingest`.
public record RequiredTasks(List<String> photo, List<String> video, List<String> audio) {
    public RequiredTasks {
        photo = List.copyOf(photo);
        video = List.copyOf(video);
        audio = List.copyOf(audio);
    }

    /// A file that nobody can read is ready as it is.
    public List<String> of(AssetType type) {
        return switch (type) {
            case PHOTO -> photo;
            case VIDEO -> video;
            case AUDIO -> audio;
            case UNKNOWN -> List.of();
        };
    }
}
