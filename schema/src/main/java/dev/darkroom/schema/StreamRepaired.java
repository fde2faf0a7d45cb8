package dev.darkroom.schema;

import java.util.UUID;

/// What [StreamDiverged] told is published: the table and its topic agree.
///
/// @param rows published again, as they stand in the table
/// @param deletes published for rows that are gone
public record StreamRepaired(UUID incidentId, String stream, long rows, long deletes)
        implements StreamEvent {
    public StreamRepaired {
        Require.present(incidentId, "incidentId");
        Require.text(stream, "stream");
        Require.count(rows, "rows");
        Require.count(deletes, "deletes");
    }
}
