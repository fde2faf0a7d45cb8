package dev.darkroom.embedding;

import dev.darkroom.vision.PerceptualHash;
import java.util.Map;
import java.util.UUID;

/// What came of one picture.
///
/// @param vectors by the space they are for
record Embedded(Map<UUID, float[]> vectors, PerceptualHash hash) {
    Embedded {
        vectors = Map.copyOf(vectors);
    }
}
