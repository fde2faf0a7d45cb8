package dev.darkroom.library.catalogue;

import java.time.Instant;
import java.util.Map;

/// How near everything in a photo is, as a file that is there now. Other formats, and those that
/// were evicted, are made when they are asked for.
///
/// @param format png, npy, raw or exr
/// @param fileSize bytes
/// @param model name@digest
/// @param parameters what a reader must know to get the numbers back
/// @param url where its bytes are
public record DepthMap(
        String format,
        int width,
        int height,
        long fileSize,
        String contentHash,
        String model,
        long version,
        Map<String, Object> parameters,
        Instant generatedAt,
        Instant accessedAt,
        long accessCount,
        String url) {}
