package dev.darkroom.schema;

import java.util.Locale;

/// The tables whose every change is published on Kafka.
///
/// What a change shows of the row as it was is one of two, and `StreamSchemasIT` holds this page
/// against the database: [OldRow#WHOLE] where people write rows one at a time and analysts compare,
/// [OldRow#KEY] where machines write them in bulk or never change them.
public enum Table {
    /// Its columns are listed one by one, since path and settings of a place may grow private ones.
    REPOSITORIES(OldRow.KEY),
    /// Written in bulk; wide, and twice as wide with the old row. A deleted one is named by its
    /// key.
    ASSETS(OldRow.KEY),
    /// Written once with their asset, deleted with it.
    ASSET_FILES(OldRow.KEY),
    /// Hides its search vector, so its columns are listed.
    AUDIO_TRACKS(OldRow.KEY),
    /// The key names asset and size; a row is replaced as a whole.
    THUMBNAILS(OldRow.KEY),
    /// The hottest of all; the key names asset and task, the record before tells the state before.
    PROCESSING_TASKS(OldRow.KEY),
    /// Where a file was and what it held is what `file-changed` tells.
    FILE_RECORDS(OldRow.WHOLE),
    /// Counters that run while an operation does.
    SYNC_OPERATIONS(OldRow.KEY),
    /// Few rows; a switch of models shows both states.
    EMBEDDING_SPACES(OldRow.WHOLE),
    /// Inserted and deleted, never updated, so a large vector is never left out.
    EMBEDDINGS(OldRow.KEY),
    /// One row per picture, written in bulk.
    PERCEPTUAL_HASHES(OldRow.KEY),
    /// Inserted and deleted, never updated; the key is all that matters.
    NEAR_DUPLICATES(OldRow.KEY),
    /// A row for each thing that a model may do; a text or two in it.
    CAPABILITIES(OldRow.KEY),
    /// The key names asset, model and rank; rows are replaced as a whole.
    SPECIES_PREDICTIONS(OldRow.KEY),
    /// Written in bulk, with a vector that a whole old row would repeat.
    FACES(OldRow.KEY),
    /// Its access counters move with each look at a picture.
    DEPTH_MAPS(OldRow.KEY),
    /// Stands nearest to credentials, so its columns are listed.
    USERS(OldRow.KEY),
    ALBUMS(OldRow.WHOLE),
    ALBUM_ASSETS(OldRow.WHOLE),
    TAGS(OldRow.WHOLE),
    ASSET_TAGS(OldRow.WHOLE),
    PEOPLE(OldRow.WHOLE),
    RELATIONSHIPS(OldRow.WHOLE),
    EVENTS(OldRow.WHOLE),
    LOCATIONS(OldRow.WHOLE),
    SETTINGS(OldRow.WHOLE),
    AI_PROMPTS(OldRow.WHOLE);

    /// What `before` holds of a row that was updated or deleted.
    public enum OldRow {
        /// The primary key of a deleted row, and nothing of an updated one. The table's published
        /// columns are listed in the publication.
        KEY,
        /// Every column (`replica identity full`). PostgreSQL takes no column list beside it, so
        /// the table is published whole.
        WHOLE
    }

    private final OldRow oldRow;

    Table(OldRow oldRow) {
        this.oldRow = oldRow;
    }

    /// The name in the database.
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The topic of its changes.
    public String changeTopic() {
        return "cdc." + tableName();
    }

    /// What a change shows of the row as it was.
    public OldRow oldRow() {
        return oldRow;
    }

    /// The JSON Schema of the records on its topic, as a resource of this module.
    public String schemaResource() {
        return "dev/darkroom/schema/streams/" + tableName() + ".json";
    }
}
