package dev.darkroom.storage;

import java.io.IOException;

/// The store holds no blob of this key. Trying again does not help unless somebody writes it.
public final class BlobNotFound extends IOException {
    private static final long serialVersionUID = 1L;

    private final String key;

    public BlobNotFound(BlobKey key) {
        super("no blob '" + key + "' in the store");
        this.key = key.value();
    }

    /// The key nobody wrote.
    public BlobKey key() {
        return new BlobKey(key);
    }
}
