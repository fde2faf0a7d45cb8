package dev.darkroom.library.file;

/// A repository cannot be read from here: unknown, not mounted, or not one of ours.
public final class RepositoryUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RepositoryUnavailable(String message) {
        super(message);
    }
}
