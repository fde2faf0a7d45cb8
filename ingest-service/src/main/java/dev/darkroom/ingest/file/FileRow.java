package dev.darkroom.ingest.file;

import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.Sha256;
import java.time.Instant;

/// A file as sync-service last saw it: a row of `file_records` whose content was read.
///
/// @param pending whether the file has changed since, and its content is to be read again
public record FileRow(
        long fileId,
        FilePath path,
        long size,
        Instant modifiedAt,
        Sha256 sha256,
        long contentVersion,
        boolean pending) {}
