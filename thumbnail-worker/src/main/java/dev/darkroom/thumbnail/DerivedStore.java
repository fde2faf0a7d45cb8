package dev.darkroom.thumbnail;

import dev.darkroom.storage.BlobStore;
import java.util.UUID;

/// Where a repository's files are.
record DerivedStore(UUID repositoryId, BlobStore blobs) {}
