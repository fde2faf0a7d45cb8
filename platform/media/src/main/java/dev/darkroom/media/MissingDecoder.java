package dev.darkroom.media;

/// This machine lacks what reads the file, which may be a good one: worth another try once the
/// decoder is there. The message says what to install.
public final class MissingDecoder extends UnreadableMedia {
    private static final long serialVersionUID = 1L;

    public MissingDecoder(String message) {
        super(message);
    }

    public MissingDecoder(String message, Throwable cause) {
        super(message, cause);
    }
}
