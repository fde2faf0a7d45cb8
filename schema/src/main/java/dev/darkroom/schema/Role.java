package dev.darkroom.schema;

import java.util.Locale;

/// The PostgreSQL roles. A service logs in as its own and can write only its own tables.
public enum Role {
    /// Runs migrations; no service logs in as it.
    OWNER,
    INGEST,
    THUMBNAIL,
    EMBEDDING,
    SYNC,
    LIBRARY,
    /// Reads the write-ahead log.
    CDC;

    /// The role's name in the database.
    public String roleName() {
        return "darkroom_" + name().toLowerCase(Locale.ROOT);
    }
}
