package dev.darkroom.embedded;

import org.jspecify.annotations.Nullable;

/// An engine could not be had, started or stopped; the message says what to do.
public final class BackendsUnavailable extends RuntimeException {

    public BackendsUnavailable(String message) {
        super(message);
    }

    public BackendsUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
