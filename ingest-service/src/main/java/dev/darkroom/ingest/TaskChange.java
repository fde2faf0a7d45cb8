package dev.darkroom.ingest;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of the ledger, as it stands after a change.
record TaskChange(
        UUID assetId,
        String task,
        long assetVersion,
        String status,
        boolean required,
        @Nullable String lastError,
        String updatedAt) {}
