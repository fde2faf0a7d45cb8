package dev.darkroom.sync.folders.records;

/// Nothing is done about this repository until somebody resumes it; no operation was begun.
public final class RepositoryPaused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RepositoryPaused(String message) {
        super(message);
    }
}
