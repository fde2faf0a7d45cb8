package dev.darkroom.schema;

import java.util.Locale;

/// Where a task of an asset stands in the ledger (R23): pending → queued → processing → completed |
/// failed | cancelled | dead, or skipped.
///
/// `failed` will be tried again, `dead` waits for a person, `skipped` for a model or a decoder that
/// can do it.
public enum TaskStatus {
    PENDING,
    QUEUED,
    PROCESSING,
    COMPLETED,
    FAILED,
    CANCELLED,
    DEAD,
    SKIPPED;

    /// The name in JSON and in the database.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
