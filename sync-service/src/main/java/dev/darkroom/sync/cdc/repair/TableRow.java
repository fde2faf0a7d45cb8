package dev.darkroom.sync.cdc.repair;

import dev.darkroom.sync.cdc.row.RowText;

/// A row as a query read it.
///
/// @param key of its record on the table's topic
/// @param value of that record
/// @param text its columns as they stand in the log
@SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
record TableRow(byte[] key, byte[] value, RowText text) {}
