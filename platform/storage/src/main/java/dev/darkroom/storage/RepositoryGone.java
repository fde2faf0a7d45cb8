package dev.darkroom.storage;

import java.io.IOException;

/// A repository cannot be read from here: not known, or its disk is not mounted. It is the fault of
/// no single file.
public final class RepositoryGone extends IOException {
    private static final long serialVersionUID = 1L;

    RepositoryGone(String message) {
        super(message);
    }
}
