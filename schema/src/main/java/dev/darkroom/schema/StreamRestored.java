package dev.darkroom.schema;

import java.util.UUID;

/// After [StreamLost] every table was compared with its topic, and what differed was published once
/// more.
///
/// @param rows published again, as they stand in the tables
/// @param deletes published for rows that are gone
/// @param events of the outbox that were published again
public record StreamRestored(UUID incidentId, String stream, long rows, long deletes, long events)
        implements StreamEvent {
    public StreamRestored {
        Require.present(incidentId, "incidentId");
        Require.text(stream, "stream");
        Require.count(rows, "rows");
        Require.count(deletes, "deletes");
        Require.count(events, "events");
    }
}
