package dev.darkroom.library.catalogue;

import java.time.Instant;
import java.util.UUID;

/// A file behind an asset: its original, or one that belongs to it.
///
/// @param role original, thumbnail, transcode, depth, waveform or sidecar
/// @param tier bronze as it came, silver and gold as it was refined
/// @param fileSize bytes
/// @param version the version of the asset it belongs to
public record AssetFile(
        UUID fileId,
        String role,
        String tier,
        String storagePath,
        String contentHash,
        long fileSize,
        String mimeType,
        long version,
        Instant createdAt) {}
