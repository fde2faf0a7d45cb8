package dev.darkroom.sync.folders.records;

import java.util.UUID;

/// The right to keep a repository in step. It is worth something only while its fence is the
/// newest, which every write checks.
///
/// @param holder the instance
/// @param fence grows with each new holder
public record Lease(UUID repositoryId, String holder, long fence) {}
