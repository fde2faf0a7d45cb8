package dev.darkroom.embedding.model;

import java.util.Set;

/// A model that does one task, as it turned out to be when it was loaded.
record KnownModel(String modelId, Set<Capability> capabilities, String description)
        implements Model {
    KnownModel {
        capabilities = Set.copyOf(capabilities);
    }
}
