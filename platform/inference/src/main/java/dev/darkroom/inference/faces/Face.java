package dev.darkroom.inference.faces;

import java.util.List;
import java.util.Optional;

/// A face in a picture.
///
/// @param landmarks left eye, right eye, nose, left and right corner of the mouth, as the viewer
///   sees them
/// @param score 0 to 1: how sure the detector is
/// @param vector of length 1, when there is a model for it; the same person's faces are near
public record Face(Box box, List<Point> landmarks, double score, Optional<float[]> vector) {
    public Face {
        landmarks = List.copyOf(landmarks);
    }

    Face withVector(float[] value) {
        return new Face(box, landmarks, score, Optional.of(value));
    }
}
