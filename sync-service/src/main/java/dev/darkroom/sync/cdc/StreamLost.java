package dev.darkroom.sync.cdc;

/// The log before this moment cannot be had any more, so the stream would have a gap. A person has
/// to decide; the message says what to do.
final class StreamLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StreamLost(String message) {
        super(message);
    }
}
