package dev.darkroom.library.page;

/// A client handed back a cursor that no page of ours ended with.
public final class BrokenCursor extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenCursor(String cursor) {
        super("not a cursor of this API: " + cursor);
    }

    public BrokenCursor(String cursor, IllegalArgumentException cause) {
        super("not a cursor of this API: " + cursor, cause);
    }
}
