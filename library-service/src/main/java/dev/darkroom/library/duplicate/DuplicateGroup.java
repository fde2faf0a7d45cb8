package dev.darkroom.library.duplicate;

import dev.darkroom.library.catalogue.AssetItem;
import java.util.List;

/// A group, as JSON.
///
/// @param distance in how many of 256 bits the hashes of a pair differ, at the most
/// @param assets the oldest first
record DuplicateGroup(int distance, List<AssetItem> assets) {}
