package dev.darkroom.library.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a model takes the animal or plant in a photo for.
///
/// @param rank 1 for the best guess
/// @param species the scientific name, where the model's labels have one
/// @param confidence 0 to 1 over all labels of the model together
/// @param model name@digest
/// @param version the version of the asset that was looked at
@JsonInclude(Include.NON_NULL)
public record SpeciesGuess(
        int rank,
        String species,
        @Nullable String commonName,
        BigDecimal confidence,
        String model,
        long version) {}
