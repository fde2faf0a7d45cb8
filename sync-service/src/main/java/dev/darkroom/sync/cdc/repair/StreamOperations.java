package dev.darkroom.sync.cdc.repair;

/// What an operator may ask of the change streams.
public interface StreamOperations {
    /// How they are now.
    StreamStatus status();

    /// Mends them: a stream that stopped because its slot is lost goes on with a new one; one that
    /// runs is compared with the tables at once.
    ///
    /// @return what is being done, for people
    /// @throws NotHere when another instance leads
    String repair();

    /// Another instance has to be asked.
    final class NotHere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NotHere(String message) {
            super(message);
        }
    }
}
