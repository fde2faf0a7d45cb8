package dev.darkroom.ingest.asset;

import dev.darkroom.schema.StorageUri;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An original that is stored and whose rows are about to be written: a new asset's, or the next
/// version of one that is there.
///
/// @param fileId the row of `file_records` that it was made of, if any
/// @param fileName the name the file has for its owner, at most 255 bytes
/// @param priority 1 (highest) to 10
/// @param submittedAt when it came
/// @param took how long it took to read
public record NewAsset(
        UUID id,
        UUID repositoryId,
        @Nullable UUID ownerId,
        @Nullable Long fileId,
        String fileName,
        StorageUri uri,
        Content content,
        int priority,
        Instant submittedAt,
        Duration took) {
    /// The same bytes as another asset.
    public NewAsset as(UUID otherId) {
        return new NewAsset(
                otherId,
                repositoryId,
                ownerId,
                fileId,
                fileName,
                uri,
                content,
                priority,
                submittedAt,
                took);
    }
}
