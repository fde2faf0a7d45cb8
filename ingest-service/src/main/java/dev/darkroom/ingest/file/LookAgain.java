package dev.darkroom.ingest.file;

/// Something became different between looking at a file and writing what was found. The event is
/// tried again.
public final class LookAgain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LookAgain(String what) {
        super(what);
    }
}
