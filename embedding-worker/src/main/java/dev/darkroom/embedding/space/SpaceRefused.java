package dev.darkroom.embedding.space;

/// What was asked of a space cannot be done; the message says why and what to do.
class SpaceRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean unknown;

    private SpaceRefused(boolean unknown, String message) {
        super(message);
        this.unknown = unknown;
    }

    static SpaceRefused unknown(String message) {
        return new SpaceRefused(true, message);
    }

    static SpaceRefused conflict(String message) {
        return new SpaceRefused(false, message);
    }

    /// Whether there is no such thing, rather than something in the way.
    boolean isUnknown() {
        return unknown;
    }
}
