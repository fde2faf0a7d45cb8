package dev.darkroom.ingest;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of the ledger, as it stands after a change.
///
/// @param transaction that made it, PostgreSQL's 32-bit number; 0 where nobody knows, as of a row
///   that was told again
record TaskChange(
        UUID assetId,
        String task,
        long assetVersion,
        String status,
        boolean required,
        @Nullable String lastError,
        String updatedAt,
        long transaction) {}
