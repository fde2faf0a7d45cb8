package dev.darkroom.schema;

import java.util.Locale;

/// The tables whose every change is published on Kafka.
public enum Table {
    REPOSITORIES,
    ASSETS,
    ASSET_FILES,
    THUMBNAILS,
    PROCESSING_TASKS,
    FILE_RECORDS,
    SYNC_OPERATIONS;

    /// The name in the database.
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The topic of its changes.
    public String changeTopic() {
        return "cdc." + tableName();
    }
}
