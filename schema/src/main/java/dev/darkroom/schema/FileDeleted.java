package dev.darkroom.schema;

import java.util.UUID;

/// A file of a watched repository is gone.
///
/// @param sha256 of the content that it had
public record FileDeleted(
        UUID repositoryId, long fileId, long contentVersion, FilePath path, Sha256 sha256)
        implements FileEvent {
    public FileDeleted {
        Require.present(repositoryId, "repositoryId");
        Require.fileId(fileId);
        Require.version(contentVersion);
        Require.present(path, "path");
        Require.present(sha256, "sha256");
    }
}
