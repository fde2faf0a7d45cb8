package dev.darkroom.library.search;

import java.util.Optional;

/// Turns words into a vector that pictures can be compared with.
interface TextVectors {
    /// The vector of these words in a space, when this knows the space's model and the words mean
    /// something to it.
    Optional<float[]> vector(String words, ActiveSpace space);
}
