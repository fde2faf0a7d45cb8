package dev.darkroom.command.load;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Hands files over to the system.
sealed interface Submitter extends AutoCloseable
        permits KafkaSubmitter, HttpSubmitter, RoutingSubmitter {
    /// Hands one file over; it completes with the asset's id when the system has it for sure.
    ///
    /// It fails with [Rejected] when this file is at fault, with anything else when the system is.
    CompletableFuture<UUID> submit(Found.Media file);

    @Override
    void close();

    /// The system does not want this file.
    final class Rejected extends Exception {
        private static final long serialVersionUID = 1L;

        private final String why;

        Rejected(String why) {
            super(why);
            this.why = why;
        }

        String why() {
            return why;
        }
    }
}
