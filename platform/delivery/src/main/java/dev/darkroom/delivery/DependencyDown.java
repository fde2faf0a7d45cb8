package dev.darkroom.delivery;

/// Something that all work needs is away: the database, the store, the broker. No attempt is
/// counted; the listener waits.
public class DependencyDown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DependencyDown(String what, Throwable cause) {
        super(what, cause);
    }
}
