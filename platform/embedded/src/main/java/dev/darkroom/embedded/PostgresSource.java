package dev.darkroom.embedded;

import java.util.Optional;
import java.util.function.Consumer;

/// One rung of the ladder: a place PostgreSQL with pgvector can come from.
interface PostgresSource {

    /// What this rung is, for people.
    String name();

    /// What is there already; nothing is fetched or changed.
    Optional<PostgresBinaries> present(MajorVersion wanted);

    /// Fetches or builds what is not there.
    ///
    /// @param progress hears one sentence per step
    /// @throws Unobtainable when this rung cannot do it on this machine
    PostgresBinaries obtain(MajorVersion wanted, Consumer<String> progress) throws Unobtainable;

    /// Why a rung cannot help here, and the command that would let it.
    final class Unobtainable extends Exception {

        private final String remedy;

        /// @param remedy a command the user could run, or "" when there is none
        Unobtainable(String reason, String remedy) {
            super(reason);
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }
    }
}
