package dev.darkroom.sync.cdc.log;

/// A message that somebody wrote into the log with `pg_logical_emit_message`.
///
/// @param prefix whose it is
/// @param content not to be changed
/// @param lsn where it stands in the log
/// @param transactional whether it came with its transaction, at the commit; else it came at once,
///   between two transactions
@SuppressWarnings("ArrayRecordComponent") // A message is handed over, never compared.
public record LogMessage(
        String prefix, byte[] content, long lsn, boolean transactional) {}
