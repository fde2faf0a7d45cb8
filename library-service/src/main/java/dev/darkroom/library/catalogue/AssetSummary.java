package dev.darkroom.library.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.darkroom.schema.AssetType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An asset as a list shows it.
///
/// @param assetNo the number of the reference systems (R1)
/// @param fileSize bytes
/// @param contentHash `sha256:<hex>`
/// @param width pixels across when shown upright
/// @param height pixels down when shown upright
/// @param orientation EXIF orientation of the stored file, 1 to 8
/// @param sortTime takenAt, else uploadedAt: what lists are ordered by
/// @param rating 0 to 5 stars
/// @param version grows with each new content
/// @param ready whether all required tasks are done for this version
/// @param thumbhash a blurred placeholder, base64 of about 25 bytes
@JsonInclude(Include.NON_NULL)
public record AssetSummary(
        UUID assetId,
        long assetNo,
        AssetType assetType,
        String originalFilename,
        String mimeType,
        long fileSize,
        String contentHash,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Integer orientation,
        @Nullable BigDecimal durationSeconds,
        @Nullable Instant takenAt,
        Instant uploadedAt,
        Instant sortTime,
        @Nullable Camera camera,
        @Nullable Location location,
        int rating,
        boolean liked,
        long version,
        boolean ready,
        @Nullable String thumbhash) {}
