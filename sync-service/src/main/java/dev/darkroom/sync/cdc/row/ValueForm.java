package dev.darkroom.sync.cdc.row;

/// How the text that PostgreSQL prints for a value of some type becomes JSON.
@FunctionalInterface
interface ValueForm {
    /// Writes the value whose text stands in `text` from `from` up to `to`; it is not null.
    void write(JsonBytes json, byte[] text, int from, int to);
}
