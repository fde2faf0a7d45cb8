package dev.darkroom.ingest.repository;

/// A request about a repository that cannot be followed; the message says why and what to do.
final class RepositoryRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What kind of refusal it is.
    enum Reason {
        /// A field is wrong, or missing.
        INVALID,
        /// It clashes with what there is.
        CONFLICT,
        /// There is no such repository.
        UNKNOWN
    }

    private final Reason reason;
    private final String field;

    /// @param field the field at fault, or empty when it is none in particular
    RepositoryRefused(Reason reason, String field, String message) {
        super(message);
        this.reason = reason;
        this.field = field;
    }

    static RepositoryRefused invalid(String field, String message) {
        return new RepositoryRefused(Reason.INVALID, field, message);
    }

    static RepositoryRefused conflict(String field, String message) {
        return new RepositoryRefused(Reason.CONFLICT, field, message);
    }

    Reason reason() {
        return reason;
    }

    String field() {
        return field;
    }
}
