package dev.darkroom.schema;

import java.util.Arrays;
import java.util.Optional;

/// The wire names of all events. A name is fixed for ever and outlives the class it stands for.
public enum EventType {
    ASSET_SUBMITTED("asset.submitted.v1", AssetSubmitted.class),
    ASSET_CREATED("asset.created.v1", AssetCreated.class),
    ASSET_UPDATED("asset.updated.v1", AssetUpdated.class),
    ASSET_DELETED("asset.deleted.v1", AssetDeleted.class),
    ASSET_DUPLICATE("asset.duplicate.v1", AssetDuplicate.class),
    ASSET_READY("asset.ready.v1", AssetReady.class),
    ASSET_STALLED("asset.stalled.v1", AssetStalled.class),
    THUMBNAIL_REQUESTED("thumbnail.requested.v1", ThumbnailRequested.class),
    FILE_CREATED("file.created.v1", FileCreated.class),
    FILE_MODIFIED("file.modified.v1", FileModified.class),
    FILE_MOVED("file.moved.v1", FileMoved.class),
    FILE_DELETED("file.deleted.v1", FileDeleted.class),
    STREAM_LOST("stream.lost.v1", StreamLost.class),
    STREAM_RESTORED("stream.restored.v1", StreamRestored.class),
    STREAM_DIVERGED("stream.diverged.v1", StreamDiverged.class),
    STREAM_REPAIRED("stream.repaired.v1", StreamRepaired.class);

    private final String wireName;
    private final Class<? extends Event> eventClass;

    EventType(String wireName, Class<? extends Event> eventClass) {
        this.wireName = wireName;
        this.eventClass = eventClass;
    }

    /// What stands in the `ce_type` header.
    public String wireName() {
        return wireName;
    }

    /// The record that the value is read into.
    public Class<? extends Event> eventClass() {
        return eventClass;
    }

    /// The class path resource with this event's JSON Schema.
    public String schemaResource() {
        return "dev/darkroom/schema/events/" + wireName + ".json";
    }

    /// The type of this wire name, or empty for a name that this version does not know.
    public static Optional<EventType> ofWireName(String wireName) {
        return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
    }
}
