package dev.darkroom.sync.cdc.row;

/// A column of a table.
///
/// @param typeOid of its type in `pg_type`
public record Column(String name, int typeOid) {}
