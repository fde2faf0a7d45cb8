package dev.darkroom.sync.cdc.log;

/// A message that somebody wrote into the log with `pg_logical_emit_message`.
///
/// @param prefix whose it is
/// @param content not to be changed
/// @param lsn inside the message's own record: behind all that was written before it, before all
///   that was written after it, and of no other change
/// @param transactional whether it came with its transaction, at the commit; else it came at once,
///   between two transactions
@SuppressWarnings("ArrayRecordComponent") // A message is handed over, never compared.
public record LogMessage(String prefix, byte[] content, long lsn, boolean transactional) {}
