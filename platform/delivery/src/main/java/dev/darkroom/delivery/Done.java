package dev.darkroom.delivery;

import java.time.Duration;

/// One message that was worked on, with what came of it and how long it took.
///
/// @param <M> the message
/// @param <R> the result
public record Done<M, R>(M message, R result, Duration took) {}
