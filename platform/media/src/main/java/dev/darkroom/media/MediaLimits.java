package dev.darkroom.media;

import java.time.Duration;

/// What one file may cost, and what its headers may promise, before a decoder is let at it.
///
/// Every limit is a setting, `darkroom.media.max-…`, and a message that a limit was hit names it.
/// The defaults are far beyond what cameras and programs write.
///
/// @param cpu processor time for one call, after which its child is killed
/// @param edge width or height of a picture, in pixels
/// @param frames pictures in one file: frames of an animation, pages of a TIFF
/// @param scans passes over a progressive JPEG; each one costs as much as a whole picture
/// @param boxes parts of an MP4, QuickTime, HEIC or AVIF file
/// @param boxDepth how deep those parts are nested
/// @param metadataBytes one block of metadata, unpacked: EXIF, XMP, a colour profile, a text
public record MediaLimits(
        Duration cpu,
        int edge,
        int frames,
        int scans,
        int boxes,
        int boxDepth,
        long metadataBytes) {

    public MediaLimits {
        if (cpu.isNegative() || cpu.isZero()) {
            throw new IllegalArgumentException("cpu must be positive: " + cpu);
        }
        positive("edge", edge);
        positive("frames", frames);
        positive("scans", scans);
        positive("boxes", boxes);
        positive("boxDepth", boxDepth);
        positive("metadataBytes", metadataBytes);
    }

    /// 20 s of processor time, 65,535 pixels, 10,000 frames, 50 scans, 100,000 boxes 16 deep, 16
    /// MiB of metadata.
    public static MediaLimits defaults() {
        return new MediaLimits(
                Duration.ofSeconds(20), 65_535, 10_000, 50, 100_000, 16, 16 * 1024 * 1024);
    }

    public MediaLimits withCpu(Duration value) {
        return new MediaLimits(value, edge, frames, scans, boxes, boxDepth, metadataBytes);
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}
