package dev.darkroom.ingest.file;

import dev.darkroom.storage.BlobStore;
import java.util.UUID;

/// The default repository, where Darkroom's own copies go.
public record OwnStore(UUID repositoryId, BlobStore blobs) {}
