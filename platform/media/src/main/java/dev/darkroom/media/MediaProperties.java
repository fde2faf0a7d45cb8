package dev.darkroom.media;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How a service reads files that nobody trusts; the same settings in every service that does.
///
/// @param heap Java heap of one child
/// @param memoryLimit memory of one child, native libraries included
/// @param deadline wall clock for one file
/// @param maxCpu processor time for one file
/// @param recycleAfter files after which a child is replaced
/// @param maxPixels width times height of a picture
/// @param maxEdge width or height of a picture
/// @param maxFrames frames of an animation, pages of a TIFF
/// @param maxScans passes over a progressive JPEG
/// @param maxBoxes parts of an MP4, QuickTime, HEIC or AVIF file
/// @param maxBoxDepth how deep those parts are nested
/// @param maxMetadata one block of metadata, unpacked
/// @param maxText one metadata value; longer ones are cut
/// @param maxTags metadata values that are kept of one file
/// @param nativeDecoders whether libvips is used where it is installed
/// @param svg whether SVG drawings are taken as photos; ingest-service and thumbnail-worker must
///   agree
@ConfigurationProperties(prefix = "darkroom.media", ignoreUnknownFields = false)
public record MediaProperties(
        @DefaultValue("384MB") DataSize heap,
        @DefaultValue("1GB") DataSize memoryLimit,
        @DefaultValue("30s") Duration deadline,
        @DefaultValue("20s") Duration maxCpu,
        @DefaultValue("10000") int recycleAfter,
        @DefaultValue("268402689") long maxPixels,
        @DefaultValue("65535") int maxEdge,
        @DefaultValue("10000") int maxFrames,
        @DefaultValue("50") int maxScans,
        @DefaultValue("100000") int maxBoxes,
        @DefaultValue("16") int maxBoxDepth,
        @DefaultValue("16MB") DataSize maxMetadata,
        @DefaultValue("4KB") DataSize maxText,
        @DefaultValue("2000") int maxTags,
        @DefaultValue("true") boolean nativeDecoders,
        @DefaultValue("false") boolean svg) {

    /// What a pool of so many children is told.
    public MediaOptions options(int processes) {
        return new MediaOptions(
                processes,
                heap.toBytes(),
                memoryLimit.toBytes(),
                deadline,
                recycleAfter,
                maxPixels,
                Math.toIntExact(maxText.toBytes()),
                maxTags,
                nativeDecoders,
                new MediaLimits(
                        maxCpu,
                        maxEdge,
                        maxFrames,
                        maxScans,
                        maxBoxes,
                        maxBoxDepth,
                        maxMetadata.toBytes()),
                svg);
    }
}
