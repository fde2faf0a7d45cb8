package dev.darkroom.inference;

/// A loaded model did not answer for this input: it ran over its deadline, or ONNX Runtime gave up.
/// Other inputs may still work.
public final class InferenceFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean overDeadline;

    public InferenceFailed(String message, boolean overDeadline, Throwable cause) {
        super(message, cause);
        this.overDeadline = overDeadline;
    }

    /// Whether it was stopped because it took too long.
    public boolean overDeadline() {
        return overDeadline;
    }

    /// What it says about a model that is being loaded: one that had no time may have it later,
    /// when the machine is less busy; one that cannot read a picture of ours is of no use.
    public RuntimeException inSelfTest() {
        String message = "self-test: " + getMessage();
        return overDeadline ? new ModelUnavailable(message, this) : new ModelRefused(message, this);
    }
}
