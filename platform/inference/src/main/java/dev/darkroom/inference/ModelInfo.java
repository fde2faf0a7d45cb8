package dev.darkroom.inference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What is known about a model that has been loaded and has passed its own test.
///
/// @param id `name@digest`; the digest covers the graphs, the tokenizer, the labels and every
///   resolved value below, so two models with one id give the same numbers
/// @param dimension of its vectors; classes of a classifier; 0 where neither has a meaning
/// @param rule which of the known folder layouts it was read as
/// @param resolved every value that was read from its configuration or its graphs, and from where
/// @param selfTest what was tried when it was loaded, and how it went
public record ModelInfo(
        String id,
        Role role,
        int dimension,
        Set<Capability> capabilities,
        String rule,
        Map<String, String> resolved,
        Map<String, String> selfTest) {
    public ModelInfo {
        capabilities = Set.copyOf(capabilities);
        // The order is the one in which they were found out; Map.copyOf would lose it.
        resolved = Collections.unmodifiableMap(new LinkedHashMap<>(resolved));
        selfTest = Collections.unmodifiableMap(new LinkedHashMap<>(selfTest));
    }
}
