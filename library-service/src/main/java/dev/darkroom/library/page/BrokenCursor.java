package dev.darkroom.library.page;

/// A client handed back a cursor that no page of ours ended with.
public final class BrokenCursor extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenCursor(String cursor) {
        super("not a cursor of this API: " + cursor);
    }

    BrokenCursor(String cursor, IllegalArgumentException cause) {
        super("not a cursor of this API: " + cursor, cause);
    }
}
