package dev.darkroom.sync.cdc.log;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A change as one of both tells it.
///
/// @param before null where the log does not hold the whole row
record Told(
        String op,
        @Nullable ObjectNode key,
        @Nullable ObjectNode before,
        @Nullable ObjectNode after,
        String table,
        long lsn,
        long txId,
        long committedAt) {}
