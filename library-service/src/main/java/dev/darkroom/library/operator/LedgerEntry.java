package dev.darkroom.library.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.darkroom.library.page.Position;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One task of one asset, with what an operator needs to decide about it.
///
/// @param reason why it failed, in words for people
/// @param version the version of the asset it works on
/// @param changedAt when it came to this status
@JsonInclude(Include.NON_NULL)
public record LedgerEntry(
        UUID assetId,
        long assetNo,
        String originalFilename,
        String task,
        String status,
        int attempts,
        int maxAttempts,
        @Nullable String reason,
        long version,
        Instant changedAt) {
    Position position() {
        return new Position(changedAt, assetId, task);
    }
}
