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
}
