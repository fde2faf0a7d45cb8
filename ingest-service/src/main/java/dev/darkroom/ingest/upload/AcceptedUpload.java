package dev.darkroom.ingest.upload;

import dev.darkroom.schema.Sha256;
import java.util.UUID;

/// A file that is ours now: durably kept, and announced.
///
/// @param size bytes
public record AcceptedUpload(UUID assetId, String fileName, long size, Sha256 sha256) {}
