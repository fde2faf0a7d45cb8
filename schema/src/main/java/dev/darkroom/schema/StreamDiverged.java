package dev.darkroom.schema;

import java.util.List;
import java.util.UUID;

/// A table and its topic differ, twice looked at: the stream missed something. It is repaired, and
/// [StreamRepaired] says when.
///
/// @param missing rows that the topic does not know
/// @param outdated rows that the topic knows otherwise
/// @param surplus rows that the topic still has and the table has not
/// @param keys of the first few, as JSON
public record StreamDiverged(
        UUID incidentId,
        String stream,
        long missing,
        long outdated,
        long surplus,
        List<String> keys)
        implements StreamEvent {
    public StreamDiverged {
        Require.present(incidentId, "incidentId");
        Require.text(stream, "stream");
        Require.count(missing, "missing");
        Require.count(outdated, "outdated");
        Require.count(surplus, "surplus");
        keys = List.copyOf(Require.present(keys, "keys"));
    }
}
