package dev.darkroom.ingest.reprocess;

/// What is to be done again is not known; the message says what is.
class ReprocessRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReprocessRefused(String message) {
        super(message);
    }
}
