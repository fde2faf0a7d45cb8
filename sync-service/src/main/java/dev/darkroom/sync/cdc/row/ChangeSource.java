package dev.darkroom.sync.cdc.row;

/// Where a change stands in the log.
///
/// @param lsn the log sequence number; rows that one statement wrote may share it
/// @param txId the transaction's id
/// @param committedAt milliseconds since 1970
public record ChangeSource(long lsn, long txId, long committedAt) {}
