package dev.darkroom.ingest.upload.tus;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far an upload has come.
///
/// @param offset how many bytes we have
/// @param length how many there will be, when known
/// @param expiresAt when we forget it unless somebody continues
record Progress(UUID id, long offset, @Nullable Long length, String metadata, Instant expiresAt) {}
