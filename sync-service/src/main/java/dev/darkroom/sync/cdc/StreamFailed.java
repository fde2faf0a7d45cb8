package dev.darkroom.sync.cdc;

/// The stream ended for a reason that may pass. It starts again from the slot; nothing is skipped.
final class StreamFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StreamFailed(String message, Throwable cause) {
        super(message, cause);
    }

    StreamFailed(String message) {
        super(message);
    }
}
