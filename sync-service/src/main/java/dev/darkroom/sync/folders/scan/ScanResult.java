package dev.darkroom.sync.folders.scan;

import org.jspecify.annotations.Nullable;

/// What an operation came to.
///
/// @param operationId null if nothing differed and no row was written
/// @param status as in `sync_operations`
/// @param message why, or what an operator should know
/// @param undecided whether something could not be decided yet, so that another scan soon is due
public record ScanResult(
        @Nullable Long operationId, String status, @Nullable String message, boolean undecided) {}
