package dev.darkroom.ingest;

import java.util.UUID;

/// Someone submitted other bytes under an id that belongs to an asset. Whoever tries again gives up
/// on it.
final class IdTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IdTaken(UUID assetId) {
        super(message(assetId));
    }

    static String message(UUID assetId) {
        return "the id "
                + assetId
                + " belongs to an asset with other bytes; submit the file again with an id of its own";
    }
}
