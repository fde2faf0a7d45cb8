package dev.darkroom.inference;

/// The model could not be had just now: the server is away, the network broke, the disk is full,
/// its self-test took too long. The same call may work later.
public final class ModelUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelUnavailable(String message) {
        super(message);
    }

    public ModelUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
