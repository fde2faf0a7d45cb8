package dev.darkroom.ingest.upload;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// One request at a time for each upload. Nobody waits: the second is told to come back.
///
/// The locks are this process's own, which suffices, since an [UploadWorkspace] belongs to one
/// process.
public final class UploadLocks {
    private final Set<UUID> held = ConcurrentHashMap.newKeySet();

    /// A lock that is held until it is closed.
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /// Takes the lock of an upload.
    ///
    /// @throws UploadRefused when another request works on this upload
    public Held lock(UUID id) throws UploadRefused {
        if (!held.add(id)) {
            throw new UploadRefused(
                    UploadRefused.Reason.BUSY,
                    "another request is working on the upload " + id + ": try again in a moment");
        }
        return () -> held.remove(id);
    }
}
