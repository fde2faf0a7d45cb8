package dev.darkroom.ingest.repository;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;

/// A repository as it is told over HTTP.
///
/// @param isDefault where uploads, copies and thumbnails go; never watched
/// @param assets how many are in it, the trash not counted
record RegisteredRepository(
        UUID repositoryId,
        String path,
        boolean isDefault,
        @JsonUnwrapped RepositorySettings settings,
        long assets,
        Instant createdAt,
        Instant updatedAt) {}
