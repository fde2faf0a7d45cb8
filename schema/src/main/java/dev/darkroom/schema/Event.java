package dev.darkroom.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// A fact about an asset, a file or a change stream, past tense, as it travels on Kafka.
///
/// On the wire it is CloudEvents 1.0 in Kafka's binary mode: attributes are `ce_*` headers, the
/// record's value is this record as JSON, the record's key is [#subject()]. Events only grow: a new
/// field is nullable, anything else is a new version with a name of its own in [EventType].
public sealed interface Event permits AssetEvent, FileEvent, StreamEvent {

    /// What the order is kept for: the record's key and the `ce_subject`.
    @JsonIgnore
    String subject();

    /// The wire name, and the class behind it.
    @JsonIgnore
    default EventType type() {
        return switch (this) {
            case AssetSubmitted _ -> EventType.ASSET_SUBMITTED;
            case AssetCreated _ -> EventType.ASSET_CREATED;
            case AssetUpdated _ -> EventType.ASSET_UPDATED;
            case AssetDeleted _ -> EventType.ASSET_DELETED;
            case AssetDuplicate _ -> EventType.ASSET_DUPLICATE;
            case AssetReady _ -> EventType.ASSET_READY;
            case AssetStalled _ -> EventType.ASSET_STALLED;
            case ThumbnailRequested _ -> EventType.THUMBNAIL_REQUESTED;
            case FileCreated _ -> EventType.FILE_CREATED;
            case FileModified _ -> EventType.FILE_MODIFIED;
            case FileMoved _ -> EventType.FILE_MOVED;
            case FileDeleted _ -> EventType.FILE_DELETED;
            case StreamLost _ -> EventType.STREAM_LOST;
            case StreamRestored _ -> EventType.STREAM_RESTORED;
            case StreamDiverged _ -> EventType.STREAM_DIVERGED;
            case StreamRepaired _ -> EventType.STREAM_REPAIRED;
        };
    }

    /// The topic this very event belongs on; for [AssetCreated] its lane decides.
    @JsonIgnore
    default Topic topic() {
        return switch (this) {
            case AssetSubmitted _ -> Topic.ASSET_SUBMITTED;
            case AssetCreated created -> Lane.of(created.priority()).topic();
            case AssetUpdated _, AssetDeleted _, AssetDuplicate _, AssetReady _, AssetStalled _ ->
                    Topic.ASSET_CHANGED;
            case ThumbnailRequested _ -> Topic.THUMBNAIL_REQUESTED;
            case FileEvent _ -> Topic.FILE_CHANGED;
            case StreamEvent _ -> Topic.STREAM_CHANGED;
        };
    }
}
