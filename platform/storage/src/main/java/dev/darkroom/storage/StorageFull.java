package dev.darkroom.storage;

import java.io.IOException;

/// The store has no room left. Nothing was published; services pause until somebody frees space,
/// and then try again: it is the fault of no single blob.
public final class StorageFull extends IOException {
    private static final long serialVersionUID = 1L;

    public StorageFull(String where, IOException cause) {
        super("no space left in " + where + ": free some, and the work goes on by itself", cause);
    }
}
