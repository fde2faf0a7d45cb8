package dev.darkroom.sync.folders.records;

import java.util.Locale;

/// Why an operation was done.
public enum OperationType {
    /// The whole folder is compared, since this instance begins to keep the repository.
    STARTUP,
    /// What the watch told about.
    REALTIME,
    /// The whole folder is compared again.
    RECONCILIATION,
    /// Another operation is taken back.
    UNDO;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
