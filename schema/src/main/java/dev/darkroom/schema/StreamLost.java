package dev.darkroom.schema;

import java.util.UUID;

/// Changes are gone from PostgreSQL's log before they were published: the replication slot was
/// dropped or invalidated. A new one is being made; [StreamRestored] says when topics and tables
/// agree again. The changes in between stay unknown.
///
/// @param reason for a person
public record StreamLost(UUID incidentId, String stream, String reason) implements StreamEvent {
    public StreamLost {
        Require.present(incidentId, "incidentId");
        Require.text(stream, "stream");
        Require.present(reason, "reason");
    }
}
