package dev.darkroom.library.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/// Something that can be known of pictures, given a model that knows it.
///
/// @param capability such as `image-similarity`, `text-colour`, `text-semantic`, `species`
/// @param modelId name@digest of the model that does it
/// @param detail what it does; else what is missing, and the line that configures it
@JsonInclude(Include.NON_NULL)
record Capability(String capability, boolean available, @Nullable String modelId, String detail) {}
