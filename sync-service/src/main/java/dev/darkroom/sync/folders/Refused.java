package dev.darkroom.sync.folders;

/// What was asked cannot be done. The message says why, and what to do.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What kind of refusal it is.
    public enum Reason {
        /// There is no such thing.
        NOT_FOUND,
        /// It is not in the state for it.
        CONFLICT,
        /// Nobody can do it now.
        UNAVAILABLE
    }

    private final Reason reason;

    public Refused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
