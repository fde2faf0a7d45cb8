/// The task `species`: what animal or plant is in a picture. Start with
/// [dev.darkroom.embedding.species.NameSpecies].
@NullMarked
package dev.darkroom.embedding.species;

import org.jspecify.annotations.NullMarked;
