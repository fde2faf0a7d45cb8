package dev.darkroom.inference;

/// What a model can be asked.
public enum Capability {
    /// Picture to vector.
    IMAGE_VECTOR,
    /// Words to a vector in the space of the pictures.
    TEXT_VECTOR,
    SPECIES,
    FACES,
    FACE_VECTOR,
    DEPTH
}
