package dev.darkroom.delivery;

/// This can never work: the record goes to the dead letters with this message, and the next one is
/// taken.
///
/// Anything else that a handler throws is tried again later.
public class GiveUp extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param reason what a person needs to know: what is wrong with which thing, and what to do
    public GiveUp(String reason) {
        super(reason);
    }

    public GiveUp(String reason, Throwable cause) {
        super(reason, cause);
    }

    /// The message, never absent.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
