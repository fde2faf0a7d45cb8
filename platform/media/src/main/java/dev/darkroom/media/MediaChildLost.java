package dev.darkroom.media;

/// The child process died, or was killed, while it worked on one file; the pool itself goes on.
///
/// Unlike [UnreadableMedia] this may be bad luck: retry once, then give the file up. The message
/// names the file, the limit that was hit, and the property that raises it.
public final class MediaChildLost extends Exception {
    private static final long serialVersionUID = 1L;

    /// How the child was lost.
    public enum Kind {
        /// It ended by itself: a native crash, an exit, or nonsense on its output.
        CRASHED,
        /// It was killed at the deadline of one call.
        TIMED_OUT,
        /// It ran out of heap, or was killed over its memory limit.
        OUT_OF_MEMORY
    }

    private final Kind kind;

    public MediaChildLost(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public MediaChildLost(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
