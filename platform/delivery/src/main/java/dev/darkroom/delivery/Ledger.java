package dev.darkroom.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The rows of one task in `processing_tasks`: what an operator sees is what happened.
///
/// @param <M> the message that starts the task
public interface Ledger<M> {
    /// Those of these messages that still need work: the newest of each asset, unless the task is
    /// completed for that version or a later one.
    Set<M> pending(List<M> messages);

    /// Work on these begins: one more attempt each.
    void begin(List<M> messages);

    /// Inside the transaction that writes the results.
    void complete(List<Done<M, ?>> done);

    /// These will be tried again.
    void fail(List<Failed<M>> failed);

    /// These wait for a person.
    void die(List<Failed<M>> failed);

    /// These cannot be done here; nobody is waited for.
    void skip(List<Failed<M>> failed);

    /// A message that failed, and why.
    record Failed<M>(M message, String reason, Duration took) {}
}
