package dev.darkroom.schema;

import java.util.UUID;

/// A fact about one file of a watched repository.
///
/// Written by sync-service: the change stream of `file_records`, told as events. Read by
/// ingest-service. Its key is the repository and the file's number, which stays when the file
/// moves, so the order per file holds over every rename.
public sealed interface FileEvent extends Event
        permits FileCreated, FileModified, FileMoved, FileDeleted {

    /// The repository that the file lies in.
    UUID repositoryId();

    /// The file's number, `file_records.file_id`: it outlives moves and new contents.
    long fileId();

    /// Where the file lies; for a file that is gone, where it lay.
    FilePath path();

    /// Grows by one with each new content of the file, from 1.
    long contentVersion();

    @Override
    default String subject() {
        return repositoryId() + "/" + fileId();
    }
}
