package dev.darkroom.sync.folders.scan;

import org.jspecify.annotations.Nullable;

/// Whether the folder of a repository is the one it was.
public interface Root {
    /// What can be said about it now.
    sealed interface State {
        /// It is the same as before.
        record Same() implements State {}

        /// It is there, but may be another: nothing may be removed until somebody confirms.
        record Doubtful(String reason) implements State {}

        /// It cannot be read, so nothing can be done.
        record Away(String reason) implements State {}
    }

    State look();

    /// Takes it, as it is now, for the repository's.
    void accept();

    /// The reason that forbids to remove anything, or null.
    static @Nullable String doubt(State state) {
        return switch (state) {
            case State.Same _ -> null;
            case State.Doubtful(String reason) -> reason;
            case State.Away(String reason) -> reason;
        };
    }
}
