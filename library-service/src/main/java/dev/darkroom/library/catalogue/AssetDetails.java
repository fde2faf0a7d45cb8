package dev.darkroom.library.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the record of one asset says beyond its [AssetSummary].
///
/// @param storagePath the original, as a storage URI (R30)
/// @param aperture f-number
/// @param shutterSpeed as cameras write it, `1/250`
/// @param focalLength millimetres
/// @param specificMetadata everything else the file tells, as it was found
/// @param liveVideoId the video that was taken with this photo
/// @param motionLength bytes of the video inside of a motion photo's file
/// @param readyVersion the latest version whose required tasks are done, 0 before the first
/// @param deletedAt when it was put into the trash; lists leave it out from then on
/// @param deletedBy who put it there: `user`, or `sync` when its file vanished
@JsonInclude(Include.NON_NULL)
public record AssetDetails(
        UUID repositoryId,
        @Nullable UUID ownerId,
        String storagePath,
        @Nullable String blake3Hash,
        @Nullable String lensModel,
        @Nullable Integer iso,
        @Nullable BigDecimal aperture,
        @Nullable String shutterSpeed,
        @Nullable BigDecimal focalLength,
        @Nullable String description,
        boolean isRaw,
        boolean isTranscoded,
        @Nullable String transcodedPath,
        Map<String, Object> specificMetadata,
        @Nullable UUID liveVideoId,
        @Nullable Long motionLength,
        long readyVersion,
        @Nullable Instant deletedAt,
        @Nullable String deletedBy,
        Instant createdAt,
        Instant updatedAt) {}
