package dev.darkroom.ingest.upload.tus;

import dev.darkroom.ingest.upload.UploadLabel;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of a resumable upload besides its bytes.
///
/// @param id of the upload, and of the asset that it becomes
/// @param length how many bytes it will have; absent while the client has not said so
/// @param metadata the client's `Upload-Metadata`, word for word, since it may ask for it
/// @param submittedAt when Kafka acknowledged it; its bytes are no longer here then
record PartialUpload(
        UUID id,
        @Nullable Long length,
        UploadLabel label,
        String metadata,
        Instant createdAt,
        @Nullable Instant submittedAt) {

    boolean isSubmitted() {
        return submittedAt != null;
    }

    boolean isCompleteAt(long offset) {
        return length != null && offset == length;
    }

    PartialUpload withLength(long newLength) {
        return new PartialUpload(id, newLength, label, metadata, createdAt, submittedAt);
    }

    PartialUpload submittedAt(Instant time) {
        return new PartialUpload(id, length, label, metadata, createdAt, time);
    }
}
