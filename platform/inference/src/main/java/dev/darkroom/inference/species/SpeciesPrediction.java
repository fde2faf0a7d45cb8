package dev.darkroom.inference.species;

import java.util.Optional;

/// One guess at what is in a picture.
///
/// @param rank 1 for the best guess
/// @param confidence 0 to 1, and 1 over all labels together: how sure the model is among its
///   labels, not whether any of them is in the picture
/// @param model its id
public record SpeciesPrediction(
        int rank, String species, Optional<String> commonName, double confidence, String model) {}
