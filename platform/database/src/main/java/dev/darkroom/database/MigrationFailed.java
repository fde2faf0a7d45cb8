package dev.darkroom.database;

import java.util.Objects;
import org.flywaydb.core.api.FlywayException;

/// A migration did not go through; what it did is rolled back. The message says what to run by
/// hand.
public final class MigrationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MigrationFailed(Track track, FlywayException cause) {
        super(
                "the "
                        + track.wireName()
                        + " migrations failed and were rolled back: "
                        + Objects.requireNonNullElse(cause.getMessage(), "no reason given").strip()
                        + "\nmend the cause, then run: ./darkroom db migrate --track "
                        + track.wireName(),
                cause);
    }
}
