package dev.darkroom.schema;

import java.time.Instant;
import java.util.UUID;

/// A file is in a watched repository, whole and settled.
///
/// @param size bytes
/// @param sha256 of the content, read once by sync-service
/// @param modifiedAt the file's own time of modification
public record FileCreated(
        UUID repositoryId,
        long fileId,
        long contentVersion,
        FilePath path,
        long size,
        Sha256 sha256,
        Instant modifiedAt)
        implements FileEvent {
    public FileCreated {
        Require.present(repositoryId, "repositoryId");
        Require.fileId(fileId);
        Require.version(contentVersion);
        Require.present(path, "path");
        Require.size(size);
        Require.present(sha256, "sha256");
        Require.present(modifiedAt, "modifiedAt");
    }
}
