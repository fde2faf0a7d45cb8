package dev.darkroom.ingest.upload;

import dev.darkroom.schema.Lane;
import dev.darkroom.storage.OriginalName;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an uploader says about a file.
///
/// @param fileName fit for the catalogue: no path, no control characters, 1 to 255 bytes
/// @param ownerId whose it is
/// @param repositoryId where the original goes; the default repository when absent
/// @param priority 1 (highest) to 10
public record UploadLabel(
        String fileName, @Nullable UUID ownerId, @Nullable UUID repositoryId, int priority) {
    /// Somebody is waiting for an upload, so it is interactive unless they say otherwise.
    public static final int DEFAULT_PRIORITY = 2;

    public UploadLabel {
        fileName = OriginalName.of(fileName).fileName();
        Lane.of(priority);
    }

    /// Reads what came as text.
    ///
    /// @throws UploadRefused naming the field that cannot be read
    public static UploadLabel parse(
            @Nullable String fileName,
            @Nullable String ownerId,
            @Nullable String repositoryId,
            @Nullable String priority)
            throws UploadRefused {
        return new UploadLabel(
                fileName == null ? "" : fileName,
                uuid("ownerId", ownerId),
                uuid("repositoryId", repositoryId),
                priority(priority));
    }

    private static @Nullable UUID uuid(String field, @Nullable String text) throws UploadRefused {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notOne) {
            throw new UploadRefused(
                    UploadRefused.Reason.INVALID, field + " must be a UUID: " + text, notOne);
        }
    }

    private static int priority(@Nullable String text) throws UploadRefused {
        if (text == null || text.isEmpty()) {
            return DEFAULT_PRIORITY;
        }
        if (!text.matches("[1-9]|10")) {
            throw new UploadRefused(
                    UploadRefused.Reason.INVALID, "priority must be 1 (highest) to 10: " + text);
        }
        return Integer.parseInt(text);
    }
}
