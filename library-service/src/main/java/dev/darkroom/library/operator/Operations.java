package dev.darkroom.library.operator;

import dev.darkroom.library.page.Page;
import dev.darkroom.library.page.Position;
import dev.darkroom.schema.TaskStatus;
import org.jspecify.annotations.Nullable;

/// Tells an operator how the library stands and which tasks need a person.
public class Operations {
    private final Counts counts;
    private final Ledger ledger;

    public Operations(Counts counts, Ledger ledger) {
        this.counts = counts;
        this.ledger = ledger;
    }

    public Status status() {
        return new Status(counts.assets(), counts.tasks(), counts.thumbnails(), counts.outbox());
    }

    /// The tasks in a status, latest change first, after a position or from the latest on.
    ///
    /// @param task of this name only, of all when absent
    /// @param limit how many at the most
    public Page<LedgerEntry> tasks(
            TaskStatus status, @Nullable String task, @Nullable Position after, int limit) {
        return Page.of(
                ledger.latestFirst(status, task, after, limit + 1), limit, LedgerEntry::position);
    }
}
