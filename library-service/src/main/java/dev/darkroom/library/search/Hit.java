package dev.darkroom.library.search;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An asset that answers.
///
/// @param key where it stands in the order of this search: what [SearchCursor] remembers
/// @param distance from the vector that was looked for, in the measure of the space; absent where
///   words found it
record Hit(UUID assetId, long key, @Nullable Double distance) {}
