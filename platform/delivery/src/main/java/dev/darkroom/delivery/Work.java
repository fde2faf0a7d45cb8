package dev.darkroom.delivery;

import java.util.List;

/// What a service does with its messages, in two halves, so that the slow one holds no transaction
/// open.
///
/// A message may come twice, late or out of order: [#record] must leave the same rows each time.
///
/// @param <M> the message
/// @param <R> what one message results in
public interface Work<M, R> {
    /// The slow half: one message, several at once on different threads.
    ///
    /// @throws GiveUp for what can never work; anything else is tried again later
    R perform(M message) throws Exception;

    /// The quick half: writes the results of a batch. Runs in one transaction together with the
    /// ledger.
    void record(List<Done<M, R>> done);

    /// Tidies up once the batch is committed, such as deleting what is no longer needed. A crash
    /// may skip it; the batch then comes again.
    default void committed(List<Done<M, R>> done) throws Exception {}
}
