package dev.darkroom.streams;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// How a change looks to a person or to the next program.
public interface ChangeFormat {
    /// The change as text, without a line feed at its end.
    String text(ChangeRecord change);

    /// Looks at what comes next, for a format whose lines depend on each other.
    ///
    /// @return what to write before it; empty most of the time
    default String before(List<ChangeRecord> changes) {
        return "";
    }

    /// The envelope as it is on Kafka, on one line.
    static ChangeFormat envelope() {
        return change -> StreamJson.MAPPER.writeValueAsString(change.envelope());
    }

    /// The row alone, afterwards or before a delete, with what happened in `__op`, `__table`,
    /// `__lsn`, `__tx` and `__ts`, on one line of JSON.
    static ChangeFormat flat() {
        return change -> StreamJson.MAPPER.writeValueAsString(flat(change));
    }

    private static ObjectNode flat(ChangeRecord change) {
        ObjectNode flat = StreamJson.MAPPER.createObjectNode();
        ObjectNode row = change.row();
        if (row != null) {
            flat.setAll(row);
        }
        if (!change.unchanged().isEmpty()) {
            flat.set("__unchanged", change.envelope().get("unchanged"));
        }
        return flat.put("__op", change.op().letter())
                .put("__table", change.table())
                .put("__lsn", change.lsn())
                .put("__tx", change.txId())
                .put("__ts", change.committedAt().toString());
    }
}
