package dev.darkroom.schema;

import java.time.Instant;
import java.util.UUID;

/// A file in a watched repository has another content than before, and has settled.
///
/// @param size bytes
/// @param sha256 of the new content
/// @param modifiedAt the file's own time of modification
public record FileModified(
        UUID repositoryId,
        long fileId,
        long contentVersion,
        FilePath path,
        long size,
        Sha256 sha256,
        Instant modifiedAt)
        implements FileEvent {
    public FileModified {
        Require.present(repositoryId, "repositoryId");
        Require.fileId(fileId);
        Require.version(contentVersion);
        Require.present(path, "path");
        Require.size(size);
        Require.present(sha256, "sha256");
        Require.present(modifiedAt, "modifiedAt");
    }
}
