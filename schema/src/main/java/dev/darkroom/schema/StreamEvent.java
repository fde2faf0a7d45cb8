package dev.darkroom.schema;

import java.util.UUID;

/// A fact about the change streams themselves: that they lost something, and that it is mended.
///
/// Written by sync-service. Read by operators. Its key is the stream, so the order per stream
/// holds.
public sealed interface StreamEvent extends Event
        permits StreamLost, StreamRestored, StreamDiverged, StreamRepaired {

    /// What went wrong once and was mended once: both events carry the same id.
    UUID incidentId();

    /// The topic of one table, such as `cdc.assets`; or the replication slot, for all of them.
    String stream();

    @Override
    default String subject() {
        return stream();
    }
}
