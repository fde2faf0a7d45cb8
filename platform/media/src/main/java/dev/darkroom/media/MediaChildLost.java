package dev.darkroom.media;

/// The child process died, or was killed, while it worked on one file; the pool itself goes on.
///
/// Unlike [UnreadableMedia] this may be bad luck, which its kind tells: retry once, then give the
/// file up. The message names the file, the limit that was hit, and the property that raises it.
public final class MediaChildLost extends Exception {
    private static final long serialVersionUID = 1L;

    /// How the child was lost.
    public enum Kind {
        /// It ended by itself or by somebody else: a native crash, an exit, a signal, or nonsense
        /// on its output.
        CRASHED(true),
        /// It was killed at the deadline of one call; the machine may have been busy.
        TIMED_OUT(true),
        /// It was killed over its processor time.
        OUT_OF_CPU(false),
        /// It ran out of heap, or was killed over its memory limit.
        OUT_OF_MEMORY(false);

        private final boolean maybeBadLuck;

        Kind(boolean maybeBadLuck) {
            this.maybeBadLuck = maybeBadLuck;
        }

        /// Whether another try may end better.
        public boolean mayBeBadLuck() {
            return maybeBadLuck;
        }
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
