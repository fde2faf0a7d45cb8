package dev.darkroom.ingest.upload;

/// An upload, or a step of one, that we do not take. The message says what to do about it.
public final class UploadRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why, as a machine wants to know it.
    public enum Reason {
        /// Something in the request cannot be read or makes no sense.
        INVALID,
        /// The client went away, or sent fewer bytes than it announced.
        INTERRUPTED,
        /// The file is longer than we take, or than the client announced.
        TOO_LARGE,
        /// The bytes are not those whose digest the client gave.
        WRONG_DIGEST,
        /// A chunk's bytes are not those whose checksum the client gave; the chunk is discarded.
        WRONG_CHECKSUM,
        /// The client continues at another place than where we are.
        OFFSET_CONFLICT,
        /// Another request is working on the same upload.
        BUSY,
        /// There is no such upload.
        UNKNOWN,
        /// There was such an upload, but nobody continued it for too long.
        EXPIRED
    }

    private final Reason reason;

    public UploadRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public UploadRefused(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// The message, never absent.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
