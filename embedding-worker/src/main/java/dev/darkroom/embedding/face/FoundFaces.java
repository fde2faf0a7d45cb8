package dev.darkroom.embedding.face;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a model found in one picture.
///
/// @param modelId name@digest
/// @param space of the vectors; empty when the model tells no faces apart
record FoundFaces(String modelId, Optional<UUID> space, List<Found> faces) {
    FoundFaces {
        faces = List.copyOf(faces);
    }

    /// A face.
    ///
    /// @param landmarks eyes, nose and corners of the mouth in parts of the picture, as JSON
    /// @param vector of length 1, or empty
    @SuppressWarnings("ArrayRecordComponent") // read only; never compared
    record Found(Box box, String landmarks, double confidence, Optional<float[]> vector) {}
}
