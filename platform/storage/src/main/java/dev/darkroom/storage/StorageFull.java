package dev.darkroom.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The store has no room left. Nothing was published; services pause until somebody frees space,
/// and then try again: it is the fault of no single blob.
public final class StorageFull extends IOException {
    private static final long serialVersionUID = 1L;
    private static final long NEARLY_NOTHING = 128 * 1024;

    public StorageFull(String where, IOException cause) {
        super("no space left in " + where + ": free some, and the work goes on by itself", cause);
    }

    /// A failure of writing to a folder as callers want to know it: as this, when the disk there is
    /// full, and otherwise as it is.
    public static IOException orOther(IOException failure, Path folder) {
        return !(failure instanceof StorageFull) && isFull(failure, folder)
                ? new StorageFull(folder.toString(), failure)
                : failure;
    }

    /// The system's message depends on its language, so the free space is asked as well.
    private static boolean isFull(IOException failure, Path folder) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("No space left on device")
                || message.contains("Disk quota exceeded")) {
            return true;
        }
        try {
            return Files.getFileStore(folder).getUsableSpace() < NEARLY_NOTHING;
        } catch (IOException unknown) {
            failure.addSuppressed(unknown);
            return false;
        }
    }
}
