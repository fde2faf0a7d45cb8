package dev.darkroom.schema;

import java.util.List;

/// The topics that carry events. The topics of change data capture are named by
/// [Table#changeTopic()].
public enum Topic {
    /// Files that someone wants in the library. Written by uploaders, ingest-service's HTTP doors
    /// and `darkroom import`.
    ASSET_SUBMITTED("asset-submitted"),
    /// Assets that are in the library and that somebody waits for (priority 1 to 3).
    ASSET_CREATED("asset-created"),
    /// Assets of an import (priority 4 to 7).
    ASSET_CREATED_BULK("asset-created-bulk"),
    /// Assets that are made again (priority 8 to 10).
    ASSET_CREATED_BACKFILL("asset-created-backfill"),
    /// What became of an asset afterwards: updated, deleted, duplicate, ready, stalled.
    ASSET_CHANGED("asset-changed"),
    /// Thumbnails that somebody waits for and nobody has made. Written by library-service.
    THUMBNAIL_REQUESTED("thumbnail-requested"),
    /// What becomes of the files in watched repositories. Written by sync-service from the log of
    /// `file_records`.
    FILE_CHANGED("file-changed"),
    /// What becomes of the change streams themselves: lost and restored, diverged and repaired.
    /// Written by sync-service.
    STREAM_CHANGED("stream-changed");

    private final String wireName;

    Topic(String wireName) {
        this.wireName = wireName;
    }

    /// The name on the broker.
    public String wireName() {
        return wireName;
    }

    /// The types of event that may stand on this topic.
    public List<EventType> types() {
        return switch (this) {
            case ASSET_SUBMITTED -> List.of(EventType.ASSET_SUBMITTED);
            case ASSET_CREATED, ASSET_CREATED_BULK, ASSET_CREATED_BACKFILL ->
                    List.of(EventType.ASSET_CREATED);
            case ASSET_CHANGED ->
                    List.of(
                            EventType.ASSET_UPDATED,
                            EventType.ASSET_DELETED,
                            EventType.ASSET_DUPLICATE,
                            EventType.ASSET_READY,
                            EventType.ASSET_STALLED);
            case THUMBNAIL_REQUESTED -> List.of(EventType.THUMBNAIL_REQUESTED);
            case FILE_CHANGED ->
                    List.of(
                            EventType.FILE_CREATED,
                            EventType.FILE_MODIFIED,
                            EventType.FILE_MOVED,
                            EventType.FILE_DELETED);
            case STREAM_CHANGED ->
                    List.of(
                            EventType.STREAM_LOST,
                            EventType.STREAM_RESTORED,
                            EventType.STREAM_DIVERGED,
                            EventType.STREAM_REPAIRED);
        };
    }

    /// Where a consumer of this topic puts what it will try again.
    public String retryTopic(String consumer) {
        return retryTopic(baseName(), consumer);
    }

    /// Where a consumer of this topic puts what it gave up on.
    public String deadLetterTopic(String consumer) {
        return deadLetterTopic(baseName(), consumer);
    }

    /// Where a consumer of any topic puts what it will try again.
    ///
    /// @param topic the first of those it reads
    public static String retryTopic(String topic, String consumer) {
        return topic + "." + consumer + ".retry";
    }

    /// Where a consumer of any topic puts what it gave up on.
    ///
    /// @param topic the first of those it reads
    public static String deadLetterTopic(String topic, String consumer) {
        return topic + "." + consumer + ".dlt";
    }

    /// The lanes of one event share their retries and their dead letters.
    private String baseName() {
        return switch (this) {
            case ASSET_CREATED, ASSET_CREATED_BULK, ASSET_CREATED_BACKFILL ->
                    ASSET_CREATED.wireName;
            case ASSET_SUBMITTED,
                    ASSET_CHANGED,
                    THUMBNAIL_REQUESTED,
                    FILE_CHANGED,
                    STREAM_CHANGED ->
                    wireName;
        };
    }
}
