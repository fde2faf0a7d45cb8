package dev.darkroom.inference.species;

import java.util.Optional;

/// What a class is called.
///
/// @param species the scientific name, where there is one
public record Label(String species, Optional<String> commonName) {
    public Label {
        if (species.isBlank()) {
            throw new IllegalArgumentException("a label needs a name");
        }
        species = species.strip();
        commonName = commonName.map(String::strip).filter(name -> !name.isEmpty());
    }
}
