package dev.darkroom.command.load;

import java.time.Duration;

/// How an import ended.
///
/// @param tally what is known
/// @param waiting submitted files without an outcome yet; they go their way by themselves
/// @param took from the first look at the folder to the last outcome
record ImportResult(Tally tally, long waiting, Duration took) {}
