package dev.darkroom.sync.cdc.repair;

import dev.darkroom.sync.cdc.repair.Reemission.KnownRow;

/// A row of which a table and its topic say different things for good.
///
/// @param row as the topic knows it
record Difference(Kind kind, KnownRow row) {
    enum Kind {
        /// The topic does not have it.
        MISSING,
        /// The topic has it otherwise.
        OUTDATED,
        /// The topic still has it.
        SURPLUS
    }
}
