package dev.darkroom.streams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the log tells of one row: its changes, each once, in the order of their LSNs.
///
/// Changes may be added in any order and any number of times. A truncation of the table belongs to
/// the history of each of its rows.
public final class RowHistory {
    private final NavigableMap<Long, ChangeRecord> changes = new TreeMap<>();

    /// Whether it was not there yet.
    public boolean add(ChangeRecord change) {
        return changes.put(change.lsn(), change) == null;
    }

    /// Whether the log tells nothing of it.
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /// When the row came into being for the first time, as far as the log goes.
    public Optional<ChangeRecord> firstChange() {
        return changes.isEmpty() ? Optional.empty() : Optional.of(changes.firstEntry().getValue());
    }

    /// The next change after this time.
    public Optional<ChangeRecord> nextChange(Instant time) {
        return changes.values().stream()
                .filter(change -> change.committedAt().isAfter(time))
                .findFirst();
    }

    /// The row as the transactions that were committed up to this time left it; empty when it did
    /// not exist.
    public Optional<ObjectNode> rowAt(Instant time) {
        ObjectNode row = null;
        for (ChangeRecord change : upTo(time)) {
            row = apply(row, change);
        }
        return Optional.ofNullable(row);
    }

    /// The last change that was committed up to this time.
    public Optional<ChangeRecord> lastChange(Instant time) {
        List<ChangeRecord> before = upTo(time);
        return before.isEmpty() ? Optional.empty() : Optional.of(before.getLast());
    }

    /// The changes that were committed up to this time, oldest first.
    public List<ChangeRecord> upTo(Instant time) {
        List<ChangeRecord> before = new ArrayList<>();
        for (ChangeRecord change : changes.values()) {
            if (!change.committedAt().isAfter(time)) {
                before.add(change);
            }
        }
        return before;
    }

    /// The row after one more change. Columns that the change left alone, and that are therefore
    /// not in it, keep their value and their place.
    private static @Nullable ObjectNode apply(@Nullable ObjectNode row, ChangeRecord change) {
        ObjectNode after = change.after();
        if (after == null || row == null || change.unchanged().isEmpty()) {
            return after == null ? null : after.deepCopy();
        }
        ObjectNode next = StreamJson.MAPPER.createObjectNode();
        for (String column : row.propertyNames()) {
            JsonNode value =
                    change.unchanged().contains(column) ? row.get(column) : after.get(column);
            if (value != null) {
                next.set(column, value);
            }
        }
        after.properties().forEach(column -> next.putIfAbsent(column.getKey(), column.getValue()));
        return next;
    }
}
