package dev.darkroom.media;

/// The file can never be read, whoever tries again: it is empty, corrupt, too large, or no media at
/// all. The one exception is [MissingDecoder].
///
/// The message is one sentence for the person who owns the file, without the file's name.
public sealed class UnreadableMedia extends Exception permits MissingDecoder {
    private static final long serialVersionUID = 1L;

    public UnreadableMedia(String message) {
        super(message);
    }

    public UnreadableMedia(String message, Throwable cause) {
        super(message, cause);
    }
}
