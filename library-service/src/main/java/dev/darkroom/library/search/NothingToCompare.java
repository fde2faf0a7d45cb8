package dev.darkroom.library.search;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A picture cannot be compared with others.
abstract sealed class NothingToCompare extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NothingToCompare(String message) {
        super(message);
    }

    /// There is no space of that role.
    static final class NoSpace extends NothingToCompare {
        private static final long serialVersionUID = 1;

        NoSpace(@Nullable String role) {
            super(
                    role == null
                            ? "no pictures are compared yet: embedding-worker has not run"
                            : "no space of the role %s is searched; GET /api/capabilities says what there is"
                                    .formatted(role));
        }
    }

    /// The asset is in none, or not yet.
    static final class NoVector extends NothingToCompare {
        private static final long serialVersionUID = 1;

        NoVector(UUID asset, String modelId) {
            super(
                    "%s has no vector of %s: GET /api/assets/%s says whether its task embedding waits, failed, or was never due"
                            .formatted(asset, modelId, asset));
        }
    }
}
