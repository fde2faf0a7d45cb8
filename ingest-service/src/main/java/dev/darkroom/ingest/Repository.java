package dev.darkroom.ingest;

import dev.darkroom.storage.BlobStore;
import dev.darkroom.storage.StorageStrategy;
import java.util.UUID;

/// A place where originals live, with its store open.
record Repository(UUID id, StorageStrategy strategy, BlobStore store) {}
