package dev.darkroom.schema;

import java.util.UUID;

/// A file of a watched repository lies somewhere else now, with the same content.
///
/// @param previousPath where it lay before
/// @param sha256 of the content
public record FileMoved(
        UUID repositoryId,
        long fileId,
        long contentVersion,
        FilePath path,
        FilePath previousPath,
        Sha256 sha256)
        implements FileEvent {
    public FileMoved {
        Require.present(repositoryId, "repositoryId");
        Require.fileId(fileId);
        Require.version(contentVersion);
        Require.present(path, "path");
        Require.present(previousPath, "previousPath");
        Require.present(sha256, "sha256");
    }
}
