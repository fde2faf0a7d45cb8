package dev.darkroom.library.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.darkroom.library.catalogue.AssetItem;
import org.jspecify.annotations.Nullable;

/// An answer, as JSON: the asset as a list shows it, and how near it is.
///
/// @param distance from what was looked for; absent where only words found it
@JsonInclude(Include.NON_NULL)
record FoundAsset(@JsonUnwrapped AssetItem asset, @Nullable Double distance) {}
