package dev.darkroom.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What failed in one batch.
final class Outcome<M> {
    private final List<Failure<M>> failures = new ArrayList<>();

    void unreadable(Attempt attempt, GiveUp cause) {
        failures.add(new Failure<>(Optional.empty(), attempt, cause));
    }

    void failed(M message, Attempt attempt, Exception cause) {
        failures.add(new Failure<>(Optional.of(message), attempt, cause));
    }

    List<Failure<M>> failures() {
        return failures;
    }

    boolean isEmpty() {
        return failures.isEmpty();
    }

    /// One record that failed.
    ///
    /// @param message empty when the record could not be read
    record Failure<M>(Optional<M> message, Attempt attempt, Exception cause) {
        /// Whether this goes to the dead letters.
        boolean isLast(int attempts) {
            return cause instanceof GiveUp || attempt.number() >= attempts;
        }
    }
}
