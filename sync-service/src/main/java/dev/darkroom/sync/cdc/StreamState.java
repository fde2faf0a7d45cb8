package dev.darkroom.sync.cdc;

import java.time.Instant;

/// What one instance's change stream is doing.
public sealed interface StreamState {
    /// Its engine reads the log and publishes.
    record Leading(Instant since) implements StreamState {}

    /// It does not publish, and tries to lead again and again.
    ///
    /// @param reason what keeps it from leading
    record Standby(String reason) implements StreamState {}

    /// It publishes nothing until it is started again.
    ///
    /// @param reason what happened and what to do
    record Stopped(String reason) implements StreamState {}
}
