package dev.darkroom.ingest.file;

import dev.darkroom.storage.RepositoryFolder;
import dev.darkroom.storage.StorageStrategy;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A repository whose folder sync-service keeps an eye on.
///
/// @param ownerId whose its assets are
/// @param strategy how copies are named
/// @param copies whether files are copied into the default repository, rather than being assets
///   where they lie
public record WatchedRepository(
        UUID id,
        RepositoryFolder folder,
        @Nullable UUID ownerId,
        StorageStrategy strategy,
        boolean copies) {}
